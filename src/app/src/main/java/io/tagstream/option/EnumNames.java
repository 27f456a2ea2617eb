package io.tagstream.option;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Names of constants as users type them: lower case, with hyphens. */
public final class EnumNames {
    private EnumNames() {}

    /** Lets the options of a command and those below it whose type is an enum take such names, and say which there are. */
    public static void register(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.type().isEnum()) {
                register(command, option.type());
            }
        }
        command.getSubcommands().values().forEach(EnumNames::register);
    }

    private static <T> void register(CommandLine command, Class<T> type) {
        command.registerConverter(type, value -> {
            for (T constant : type.getEnumConstants()) {
                if (typed(constant)
                        .equals(value.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return constant;
                }
            }
            throw new TypeConversionException("expected one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(EnumNames::typed)
                            .collect(Collectors.joining(", "))
                    + ", but was '" + value + "'");
        });
    }

    /** As a user types it. */
    public static String typed(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
