package io.tagstream.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.fixture.Sentences;
import io.tagstream.format.WireFormats;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of records that a producer should not send, or that look as if it should not: each has a row of the table. A record of a
 * kind knows whether it must become a dead letter.
 *
 * @param name the row, without what all rows begin with
 * @param times how often it is sent
 */
record BadInput(String name, int times, Maker maker) {
    private static final int TIMES = 20;
    /** Of what takes a megabyte or long to cut. */
    private static final int FEW = 5;

    private static final int MEGABYTE = 1_000_000;
    private static final int MANY_TOKENS = 100_000;
    private static final String TEXT = "I eat apples.";
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xC3, (byte) 0x28};
    private static final byte[] OVERLONG = {(byte) 0xC0, (byte) 0x80};
    private static final byte[] SURROGATE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    /** Makes one of a kind. */
    interface Maker {
        Input make(GoodStreams streams, int stream, int number, Random random);
    }

    String fault() {
        return "bad input: " + name;
    }

    /** The kinds that a format can have. */
    static List<BadInput> of(InputFormat format) {
        List<BadInput> kinds = new ArrayList<>(List.of(
                kind(
                        "null key",
                        (streams, stream, number, random) ->
                                bad(null, streams.next(stream).value())),
                kind("random bytes", (streams, stream, number, random) -> bad(key(stream), randomBytes(random))),
                kind(
                        "empty key",
                        (streams, stream, number, random) -> bad(
                                new byte[0],
                                number % 4 == 3 ? null : streams.next(stream).value())),
                kind(
                        "key that is not UTF-8",
                        (streams, stream, number, random) ->
                                streams.next(stream).under(notUtf8(number), number % 7 == 6)),
                kind(
                        "value that is not UTF-8",
                        (streams, stream, number, random) ->
                                bad(key(stream), inside(streams.saying(stream, "I eat XYZ."), notUtf8(number)))),
                text("empty text", ""),
                text("only spaces", " ", "   ", "\t", "\u00A0 \u3000\u2028\u200B"),
                text(
                        "emoji and combining marks",
                        "I \uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDDE9\uD83C\uDDEA 2\uFE0F\u20E3",
                        "e\u0301te\u0301 a\u0327\u0301\u0301 n\u0303 .",
                        "\u0301 a mark with nothing before it"),
                text(
                        "right-to-left text",
                        "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD .",
                        "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064A\u0643\u0645",
                        "\u202Eabc\u202C \u200Fabc"),
                text("NUL bytes", "a\u0000b \u0000 c", "\u0000", "I eat\u0000."),
                text("line of 1 MB, one word", "x".repeat(MEGABYTE)).few(),
                dead("line of 1 MB, real words", "I eat apples . ".repeat(MEGABYTE / 15))
                        .few(),
                dead("sentence of 100,000 tokens", "a ".repeat(MANY_TOKENS)).few()));
        switch (format) {
            case AVRO -> kinds.addAll(ofAvro());
            case JSON -> kinds.addAll(ofJson());
            case TEXT -> {}
        }
        return kinds;
    }

    private static List<BadInput> ofAvro() {
        return List.of(
                kind(
                        "null value, ends the stream",
                        (streams, stream, number, random) -> new Input(GoodStreams.name(stream), null, null, false)),
                kind("truncated Avro", (streams, stream, number, random) -> {
                    byte[] whole = valueOf(streams.next(stream));
                    return bad(key(stream), Arrays.copyOf(whole, random.nextInt(whole.length)));
                }),
                kind(
                        "Avro of another schema",
                        (streams, stream, number, random) ->
                                bad(key(stream), number % 2 == 0 ? output(Emit.SENTENCE) : output(Emit.TOKEN))),
                kind(
                        "newer schema version, not known",
                        (streams, stream, number, random) ->
                                bad(key(stream), ofVersion(newer(), streams.newId(stream), "speaker"))),
                manyTokens().few());
    }

    private static List<BadInput> ofJson() {
        List<String> wrong = List.of(
                "{'text':7}",
                "{'text':{'string':'I'}}",
                "{'text':['I']}",
                "{'tokens':'I'}",
                "{'tokens':['I',null]}",
                "{'tokens':{'0':'I'}}",
                "{'text':'I','begins_document':'no'}",
                "{'text':'I','begins_document':0}",
                "{'text':'I','sentence_id':5}",
                "['I']",
                "'I'",
                "null");
        return List.of(
                kind(
                        "JSON with wrong types",
                        (streams, stream, number, random) -> bad(key(stream), json(wrong.get(number % wrong.size())))),
                kind("newer JSON, an unknown field", (streams, stream, number, random) -> {
                    String id = streams.newId(stream);
                    return Input.saying(
                            new IncomingSentence(id, "I eat apples.", null, false),
                            GoodStreams.name(stream),
                            json("{'speaker':{'age':7},'sentence_id':'" + id + "','text':'I eat apples.'}"));
                }));
    }

    /** As tokens that the producer has cut, which takes fewer bytes than the output. */
    static BadInput manyTokens() {
        return kind(
                "sentence of 100,000 tokens",
                (streams, stream, number, random) -> bad(
                        key(stream),
                        WireFormats.sentenceWriter(InputFormat.AVRO).write(tokens(streams, stream))));
    }

    /** The same for an application that is told to take it. */
    static BadInput manyTokensAllowed() {
        return kind(
                "sentence of 100,000 tokens, allowed",
                (streams, stream, number, random) ->
                        Input.sentence(GoodStreams.name(stream), tokens(streams, stream), InputFormat.AVRO));
    }

    private static IncomingSentence tokens(GoodStreams streams, int stream) {
        return new IncomingSentence(streams.newId(stream), null, Collections.nCopies(MANY_TOKENS, "a"), false);
    }

    /** Written with a schema that its reader knows by {@link #older}, and which has a field that there is no more. */
    static BadInput ofOlderVersion() {
        return kind("older schema version, known", (streams, stream, number, random) -> {
            String id = streams.newId(stream);
            return Input.saying(
                    new IncomingSentence(id, TEXT, null, false),
                    GoodStreams.name(stream),
                    ofVersion(older(), id, "mood"));
        });
    }

    /** A sentence of some words that the model gives NaN for. */
    static BadInput unscored(String what, String word) {
        return kind(
                what,
                (streams, stream, number, random) ->
                        bad(key(stream), Sentences.tokens(streams.newId(stream), "I", "eat", word, ".")));
    }

    /** A version that lacks the later fields. */
    static Schema older() {
        return version("mood");
    }

    private static Schema newer() {
        return version("speaker");
    }

    private static Schema version(String field) {
        return SchemaBuilder.record("SentenceEvent")
                .namespace("io.tagstream.event")
                .fields()
                .requiredString("sentence_id")
                .requiredString("text")
                .requiredString(field)
                .endRecord();
    }

    private static byte[] ofVersion(Schema schema, String id, String field) {
        GenericRecord event = new GenericRecordBuilder(schema)
                .set("sentence_id", id)
                .set("text", TEXT)
                .set(field, "good")
                .build();
        try {
            return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema)
                    .encode(event)
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] output(Emit emit) {
        return WireFormats.encoder(OutputFormat.AVRO, emit)
                .encode(new OutgoingSentence(
                        "x",
                        1,
                        "model@1",
                        List.of(new TokenTags(Token.of("I"), "PRON", 0.5f, Map.of())),
                        "00000000000000a1"))
                .get(0);
    }

    private BadInput few() {
        return new BadInput(name, FEW, maker);
    }

    private static BadInput kind(String name, Maker maker) {
        return new BadInput(name, TIMES, maker);
    }

    /** What looks odd and is good: each of these texts in turn. */
    private static BadInput text(String name, String... texts) {
        return kind(name, (streams, stream, number, random) -> streams.saying(stream, texts[number % texts.length]));
    }

    /** What looks good and is too much. */
    private static BadInput dead(String name, String text) {
        return kind(
                name,
                (streams, stream, number, random) ->
                        bad(key(stream), streams.saying(stream, text).value()));
    }

    private static Input bad(byte @Nullable [] key, byte @Nullable [] value) {
        return Input.bad(key, value);
    }

    private static byte[] key(int stream) {
        return Sentences.key(GoodStreams.name(stream));
    }

    private static byte[] json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"').getBytes(UTF_8);
    }

    private static byte[] notUtf8(int number) {
        return List.of(NOT_UTF8, OVERLONG, SURROGATE).get(number % 3);
    }

    /** Never UTF-8, so that they are no text either. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[random.nextInt(bytes.length)] = (byte) 0xFF;
        return bytes;
    }

    /** A value in which other bytes stand in the place of three letters. */
    private static byte[] inside(Input input, byte[] bytes) {
        byte[] value = valueOf(input);
        int at = new String(value, ISO_8859_1).indexOf("XYZ");
        Arrays.fill(value, at, at + 3, (byte) ' ');
        System.arraycopy(bytes, 0, value, at, bytes.length);
        return value;
    }

    private static byte[] valueOf(Input input) {
        byte[] value = input.value();
        if (value == null) {
            throw new IllegalArgumentException("a tombstone says nothing");
        }
        return value.clone();
    }
}
