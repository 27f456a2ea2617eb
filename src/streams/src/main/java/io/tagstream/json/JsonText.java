package io.tagstream.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tagstream.event.StrictUtf8;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.SentenceChecks;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** How JSON is read and written here, and how its errors are told. */
public final class JsonText {
    /** Our events nest three deep; what is ignored may go deeper, but not so deep that skipping it could harm. */
    static final int MAX_DEPTH = 64;

    /**
     * One for all threads. Names are not kept over events: a producer of ever new ones would fill the memory. The length of a
     * string has no limit but that of the payload, which is in memory already. Floats are written in their shortest form,
     * which {@code Float.toString} of Java 17 does not always find; characters outside the basic plane in four bytes of UTF-8, not
     * as two escapes.
     */
    public static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    /**
     * For objects whose shape is not ours: a name or number that stays as it is may be of any length. Numbers are not to be read with
     * it, which takes time by the square of their length.
     */
    static final JsonFactory RECORDS = FACTORY.rebuild()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonText() {}

    /**
     * The text of a value. Strict, and always UTF-8: Jackson would guess UTF-16 and UTF-32, and let encoded surrogates through.
     */
    public static String decode(byte[] value) throws UndecodableEventException {
        String json;
        try {
            json = StrictUtf8.decode(value, 0, value.length);
        } catch (CharacterCodingException e) {
            throw new UndecodableEventException("the value is not UTF-8: send JSON in UTF-8");
        }
        if (!json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK) {
            throw new UndecodableEventException(
                    "the value begins with a byte order mark, which JSON does not allow: send JSON in UTF-8 without it");
        }
        return json;
    }

    /** Tells where the JSON breaks off; Jackson's own message quotes the payload. */
    public static UndecodableEventException undecodable(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "the JSON goes deeper than " + MAX_DEPTH + " levels or has a name or a number that is too long"
                : "the value is not valid JSON";
        return new UndecodableEventException(what + where(e.getLocation()));
    }

    /** The string that the parser is at; fails where it is at something else. */
    public static String string(JsonParser parser, @Nullable JsonToken token, String field, String expected)
            throws IOException, UndecodableEventException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(field, expected, token);
        }
        return SentenceChecks.wellFormed(parser.getText(), field);
    }

    public static UndecodableEventException wrongType(String field, String expected, @Nullable JsonToken found) {
        return new UndecodableEventException(
                "field " + field + ": expected " + expected + ", found " + describe(found));
    }

    public static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    public static String where(@Nullable JsonLocation location) {
        if (location == null) { // Jackson gives none for a limit that is passed
            return "";
        }
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
