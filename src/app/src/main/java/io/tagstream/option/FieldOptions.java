package io.tagstream.option;

import io.tagstream.json.FieldPointer;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.TextField;
import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code run} for records that have a shape of their own. */
public final class FieldOptions {
    /** Between pointers in one value: in a file or the environment an option is there once. */
    private static final String COMMA = ",(?=/)";

    /** A field with its place among all that were given: picocli keeps the order within an option, not between two options. */
    record Given(int place, TextField field) {
        private static final AtomicInteger PLACES = new AtomicInteger();

        private static Given of(String pointer, TextField.Kind kind) {
            return new Given(PLACES.incrementAndGet(), new TextField(pointer(pointer), kind));
        }

        /** Reads a pointer to a text. */
        static final class TextConverter implements ITypeConverter<Given> {
            @Override
            public Given convert(String value) {
                return of(value, TextField.Kind.TEXT);
            }
        }

        /** Reads a pointer to tokens. */
        static final class TokensConverter implements ITypeConverter<Given> {
            @Override
            public Given convert(String value) {
                return of(value, TextField.Kind.TOKENS);
            }
        }
    }

    /** Reads a JSON pointer. */
    static final class PointerConverter implements ITypeConverter<FieldPointer> {
        @Override
        public FieldPointer convert(String value) {
            return pointer(value);
        }
    }

    @Option(
            names = "--text-field",
            paramLabel = "POINTER",
            split = COMMA,
            splitSynopsisLabel = ",",
            converter = Given.TextConverter.class,
            description =
                    "A JSON pointer to a text of the record, which is put out as it came with the tags in addition; "
                            + "may be repeated (default: none, the values are sentence events).")
    List<Given> texts = new ArrayList<>();

    @Option(
            names = "--tokens-field",
            paramLabel = "POINTER",
            split = COMMA,
            splitSynopsisLabel = ",",
            converter = Given.TokensConverter.class,
            description = "As --text-field, to an array of strings, the tokens.")
    List<Given> tokens = new ArrayList<>();

    @Option(
            names = "--tags-field",
            paramLabel = "POINTER",
            converter = PointerConverter.class,
            description = "A JSON pointer to where the tags go (default: /tagstream).")
    @Nullable
    FieldPointer tags;

    @Option(
            names = "--missing-text",
            paramLabel = "POLICY",
            description =
                    "A record without the field, or with null there: dead-letter, or pass, it is put out as it came "
                            + "(default: dead-letter).")
    @Nullable
    MissingText missing;

    /** The fields to tag, or null where the values are sentence events. */
    public @Nullable RecordFields fields() {
        List<Given> given = new ArrayList<>(texts);
        given.addAll(tokens);
        if (given.isEmpty()) {
            if (tags != null || missing != null) {
                throw new UsageException((tags != null ? "--tags-field" : "--missing-text")
                        + " needs a field to tag: name one by --text-field or --tokens-field");
            }
            return null;
        }
        given.sort(Comparator.comparingInt(Given::place));
        return new RecordFields(
                given.stream().map(Given::field).toList(),
                tags == null ? RecordFields.DEFAULT_TAGS : tags,
                missing == null ? MissingText.DEAD_LETTER : missing);
    }

    private static FieldPointer pointer(String value) {
        try {
            return FieldPointer.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
