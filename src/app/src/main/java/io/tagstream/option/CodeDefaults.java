package io.tagstream.option;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;

/**
 * The defaults in the code as a user types them, for <code>${DEFAULT-VALUE}</code> in the help: picocli alone would show {@code PT0.1S} and
 * {@code DEAD_LETTER}.
 */
public final class CodeDefaults implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        Object value = argument.initialValue();
        if (value instanceof Enum<?>) {
            return EnumNames.typed(value);
        }
        return value instanceof Duration duration ? DurationConverter.typed(duration) : null;
    }
}
