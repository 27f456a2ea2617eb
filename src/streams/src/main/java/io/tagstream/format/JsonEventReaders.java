package io.tagstream.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.json.JsonText;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.SentenceChecks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads tagged sentences and tokens from plain JSON. Fields that it does not know are ignored. */
final class JsonEventReaders {
    // Decimals, because a float that goes by way of a double is rounded twice.
    private static final ObjectReader TREES = JsonMapper.builder(JsonText.FACTORY.copy())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    OutgoingSentence sentence(byte[] value) throws UndecodableEventException {
        JsonNode event = tree(value);
        JsonNode list = field(event, "tokens", JsonNode::isArray, "an array");
        List<TokenTags> tokens = new ArrayList<>(list.size());
        for (JsonNode token : list) {
            tokens.add(tagged(token));
        }
        return new OutgoingSentence(
                string(event, "sentence_id"),
                number(event, "sequence"),
                string(event, "model"),
                source(event),
                stringOrNull(event, "text"),
                tokens,
                SentenceChecks.digest(stringOrNull(event, "state_digest")));
    }

    OutgoingToken token(byte[] value) throws UndecodableEventException {
        JsonNode event = tree(value);
        TokenTags tagged = tagged(event.path("token"));
        try {
            return new OutgoingToken(
                    string(event, "sentence_id"),
                    number(event, "sequence"),
                    integer(event, "index"),
                    integer(event, "count"),
                    tagged,
                    string(event, "model"),
                    source(event),
                    SentenceChecks.digest(stringOrNull(event, "state_digest")));
        } catch (IllegalArgumentException e) { // says numbers alone
            throw new UndecodableEventException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode tree(byte[] value) throws UndecodableEventException {
        String json = JsonText.decode(value);
        try {
            return TREES.readTree(json);
        } catch (JsonProcessingException e) {
            throw JsonText.undecodable(e);
        }
    }

    private static TokenTags tagged(JsonNode token) throws UndecodableEventException {
        String form = string(token, "form");
        if (form.isEmpty()) {
            throw new UndecodableEventException("a token is empty");
        }
        Map<String, String> tags = new HashMap<>();
        for (Map.Entry<String, JsonNode> layer :
                field(token, "tags", JsonNode::isObject, "an object").properties()) {
            if (!layer.getValue().isTextual()) {
                throw new UndecodableEventException("field tags: expected strings, found something else");
            }
            tags.put(
                    SentenceChecks.wellFormed(layer.getKey(), "tags"),
                    SentenceChecks.wellFormed(layer.getValue().textValue(), "tags"));
        }
        return new TokenTags(
                new Token(form, integer(token, "start"), integer(token, "end")),
                string(token, "tag"),
                field(token, "score", node -> node.isNumber() && Float.isFinite(node.floatValue()), "a 32-bit float")
                        .floatValue(),
                tags);
    }

    private static String string(JsonNode event, String field) throws UndecodableEventException {
        return SentenceChecks.wellFormed(
                field(event, field, JsonNode::isTextual, "a string").textValue(), field);
    }

    private static @Nullable EventSource source(JsonNode event) throws UndecodableEventException {
        if (isAbsent(event, "source")) {
            return null;
        }
        JsonNode source = field(event, "source", JsonNode::isObject, "an object or null");
        return new EventSource(string(source, "topic"), integer(source, "partition"), number(source, "offset"));
    }

    private static @Nullable String stringOrNull(JsonNode event, String field) throws UndecodableEventException {
        return isAbsent(event, field) ? null : string(event, field);
    }

    /** Missing, as in what an older build wrote, or null. */
    private static boolean isAbsent(JsonNode event, String field) {
        JsonNode node = event.path(field);
        return node.isMissingNode() || node.isNull();
    }

    private static long number(JsonNode event, String field) throws UndecodableEventException {
        return field(event, field, node -> node.isIntegralNumber() && node.canConvertToLong(), "a 64-bit integer")
                .longValue();
    }

    private static int integer(JsonNode event, String field) throws UndecodableEventException {
        return field(event, field, node -> node.isIntegralNumber() && node.canConvertToInt(), "a 32-bit integer")
                .intValue();
    }

    private static JsonNode field(JsonNode event, String field, Predicate<JsonNode> type, String expected)
            throws UndecodableEventException {
        JsonNode node = event.path(field);
        if (!type.test(node)) {
            throw new UndecodableEventException("field " + field + ": expected " + expected + ", found "
                    + node.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return node;
    }
}
