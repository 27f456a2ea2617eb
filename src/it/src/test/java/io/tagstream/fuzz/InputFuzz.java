package io.tagstream.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.tagstream.event.StreamKey;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.fixture.EvilText;
import io.tagstream.format.WireFormats;
import io.tagstream.json.FieldPointer;
import io.tagstream.json.JsonField;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.RecordReader;
import io.tagstream.json.RecordTags;
import io.tagstream.json.TaggableRecord;
import io.tagstream.json.TextField;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventWriter;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Sends random values the way that a record goes, as far as the model: key, decoder, tokenizer. A value is random bytes, or a good
 * event that was cut, changed, prolonged or mixed with another, or a good event with evil text in it. Each is either refused with the
 * exception that makes a dead letter, or becomes tokens that lie in the text, in order and without whitespace, and an event that its
 * writer can write and its decoder reads again as it was. Any other end throws an {@link AssertionError} with the seed and the number.
 */
public final class InputFuzz {
    /** An input is some hundred bytes at most. One takes microseconds; this is for those that never end. */
    private static final List<InputFormat> FORMATS = List.of(InputFormat.values());

    private static final JsonField FIELD = new JsonField("/sentence_id");

    private static final long MOST_CPU_NANOS = 2_000_000_000L;

    private static final long MOST_BYTES = 4_000_000;
    private static final int EXAMPLES = 200;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed;
    private final Random random;
    private final Tokenizer tokenizer = Tokenizers.named(Tokenizers.UD_ENGLISH);
    private final RecordReader records = WireFormats.recordReader(
            InputFormat.JSON,
            new RecordFields(
                    List.of(
                            new TextField(FieldPointer.parse("/text"), TextField.Kind.TEXT),
                            new TextField(FieldPointer.parse("/tokens"), TextField.Kind.TOKENS)),
                    RecordFields.DEFAULT_TAGS,
                    MissingText.PASS));
    private final Map<InputFormat, EventDecoder> decoders = new EnumMap<>(InputFormat.class);
    private final Map<InputFormat, List<byte[]>> examples = new EnumMap<>(InputFormat.class);

    /**
     * How the inputs ended.
     *
     * @param refused what would be dead letters
     * @param read what would be tagged
     * @param tokens in those
     */
    public record Outcome(int refused, int read, long tokens) {}

    public InputFuzz(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        for (InputFormat format : InputFormat.values()) {
            decoders.put(format, WireFormats.decoder(format));
            List<byte[]> good = new ArrayList<>();
            for (int i = 0; i < EXAMPLES; i++) {
                good.add(event(format));
            }
            examples.put(format, good);
        }
    }

    public Outcome run(int inputs) {
        int refused = 0;
        int read = 0;
        long tokens = 0;
        for (int i = 0; i < inputs; i++) {
            InputFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
            byte[] value = value(format);
            long cpu = THREAD.getCurrentThreadCpuTime();
            long bytes = THREAD.getCurrentThreadAllocatedBytes();
            try {
                int count = check(format, value);
                if (count < 0) {
                    refused++;
                } else {
                    read++;
                    tokens += count;
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", input " + i + ", " + format + ": " + Arrays.toString(value), e);
            }
            cpu = THREAD.getCurrentThreadCpuTime() - cpu;
            bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
            if (cpu > MOST_CPU_NANOS || bytes > MOST_BYTES) {
                throw new AssertionError("seed " + seed + ", input " + i + ", " + format + " took " + cpu + " ns and "
                        + bytes + " bytes: " + Arrays.toString(value));
            }
        }
        return new Outcome(refused, read, tokens);
    }

    /** The number of tokens, or -1 where the value is refused; the same value as a key names a stream. */
    private int check(InputFormat format, byte[] value) {
        require(value.length == 0 || !StreamKey.shown(value).isEmpty(), "a key that can be shown");
        try {
            FIELD.text(value);
        } catch (UndecodableEventException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "a cause");
        }
        checkAddsTagsAndNothingElse(value);
        IncomingSentence sentence;
        try {
            sentence = Objects.requireNonNull(decoders.get(format)).decode(value);
        } catch (UndecodableEventException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "a cause");
            return -1;
        }
        checkWrittenAndReadAgain(sentence);
        String text = sentence.text();
        if (text == null) {
            List<String> tokens = sentence.tokens();
            require(tokens != null && !tokens.contains(""), "tokens of at least a character");
            return tokens == null ? 0 : tokens.size();
        }
        List<Token> tokens = tokenizer.tokenize(text);
        int at = 0;
        for (Token token : tokens) {
            require(token.start() >= at && token.end() > token.start() && token.end() <= text.length(), "offsets");
            require(token.form().equals(text.substring(token.start(), token.end())), "the form that stands there");
            at = token.end();
        }
        return tokens.size();
    }

    /** As a record whose fields are tagged: refused, or every byte is there and the tags are found again. */
    private void checkAddsTagsAndNothingElse(byte[] value) {
        TaggableRecord record;
        try {
            record = records.read(value);
        } catch (UndecodableEventException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "a cause");
            return;
        }
        if (record.texts().isEmpty()) {
            return;
        }
        byte[] out = record.withTags(new RecordTags(1, "m", null, null, List.of()));
        int start = Arrays.mismatch(value, out);
        int added = out.length - value.length;
        require(
                added > 0 && Arrays.equals(value, start, value.length, out, start + added, out.length),
                "every byte of a record whose fields are tagged");
        try {
            records.read(out);
            require(false, "the tags");
        } catch (UndecodableEventException e) {
            require(
                    String.valueOf(e.getMessage()).contains("already has something at /tagstream"),
                    "the tags, in JSON");
        }
    }

    private void checkWrittenAndReadAgain(IncomingSentence sentence) {
        for (InputFormat format : List.of(InputFormat.AVRO, InputFormat.JSON)) {
            try {
                IncomingSentence again = Objects.requireNonNull(decoders.get(format))
                        .decode(WireFormats.sentenceWriter(format).write(sentence));
                require(again.equals(sentence), "the same when written and read again as " + format);
            } catch (UndecodableEventException e) {
                throw new AssertionError("written as " + format + " it cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new AssertionError("not kept: " + what);
        }
    }

    private byte[] value(InputFormat format) {
        List<byte[]> good = Objects.requireNonNull(examples.get(format));
        byte[] one = good.get(random.nextInt(good.size())).clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                one = new byte[random.nextInt(64)];
                random.nextBytes(one);
            }
            case 1 -> one = Arrays.copyOf(one, random.nextInt(one.length + 1));
            case 2 -> {
                int length = one.length;
                one = Arrays.copyOf(one, length + 1 + random.nextInt(8));
                for (int at = length; at < one.length; at++) {
                    one[at] = (byte) random.nextInt();
                }
            }
            case 3 -> {
                byte[] other = good.get(random.nextInt(good.size()));
                int from = random.nextInt(other.length + 1);
                int cut = random.nextInt(one.length + 1);
                byte[] mixed = Arrays.copyOf(one, cut + other.length - from);
                System.arraycopy(other, from, mixed, cut, other.length - from);
                one = mixed;
            }
            case 4, 5 -> {
                for (int changes = 1 + random.nextInt(4); changes > 0 && one.length > 0; changes--) {
                    one[random.nextInt(one.length)] = (byte) random.nextInt();
                }
            }
            default -> one = event(format);
        }
        return one;
    }

    private byte[] event(InputFormat format) {
        // What has no UTF-8 form cannot be sent by a writer; the lenient conversion puts question marks there.
        String text = new String(EvilText.random(random, random.nextInt(14)).getBytes(UTF_8), UTF_8);
        if (format == InputFormat.TEXT) {
            return text.getBytes(UTF_8);
        }
        String id = random.nextInt(3) == 0 ? "" : "id-" + random.nextInt();
        EventWriter<IncomingSentence> writer = WireFormats.sentenceWriter(format);
        if (random.nextBoolean()) {
            return writer.write(new IncomingSentence(id, text, null, random.nextInt(5) == 0));
        }
        List<String> tokens =
                Arrays.stream(text.split(" ")).filter(token -> !token.isEmpty()).toList();
        return writer.write(new IncomingSentence(id, null, tokens, false));
    }
}
