package io.tagstream.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link Stage}: one for all test classes of a run, closed at its end. */
final class FaultSuite implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FaultSuite.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Stage.class, key -> open(), Stage.class);
    }

    private static Stage open() {
        try {
            return new Stage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
