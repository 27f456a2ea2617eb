package io.tagstream.option;

import io.tagstream.settings.KeySource;
import io.tagstream.stream.InvalidSettingException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code key}, {@code partition}, {@code header:NAME}, {@code field:POINTER} or {@code none}. */
public final class KeySourceConverter implements ITypeConverter<KeySource> {
    @Override
    public KeySource convert(String value) {
        try {
            return KeySource.parse(value.trim());
        } catch (InvalidSettingException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
