package io.tagstream.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** How JSON is read and written here, and how its errors are told. */
final class JsonText {
    /** Our events nest three deep; what is ignored may go deeper, but not so deep that skipping it could harm. */
    private static final int MAX_DEPTH = 64;

    /**
     * One for all threads. Names are not kept over events: a producer of ever new ones would fill the memory. The length of a
     * string has no limit but that of the payload, which is in memory already. Floats are written in their shortest form,
     * which {@code Float.toString} of Java 17 does not always find; characters outside the basic plane in four bytes of UTF-8, not
     * as two escapes.
     */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
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

    private JsonText() {}

    /**
     * The text of a value. Strict, and always UTF-8: Jackson would guess UTF-16 and UTF-32, and let encoded surrogates through.
     */
    static String decode(byte[] value) throws UndecodableEventException {
        try {
            return StrictUtf8.decode(value, 0, value.length);
        } catch (CharacterCodingException e) {
            throw new UndecodableEventException("the value is not UTF-8: send JSON in UTF-8");
        }
    }

    /** Tells where the JSON breaks off; Jackson's own message quotes the payload. */
    static UndecodableEventException undecodable(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "the JSON goes deeper than " + MAX_DEPTH + " levels, or has a name or number beyond all bounds,"
                : "the value is not valid JSON";
        return new UndecodableEventException(what + where(e.getLocation()));
    }

    static String where(@Nullable JsonLocation location) {
        if (location == null) { // Jackson gives none for a limit that is passed
            return "";
        }
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
