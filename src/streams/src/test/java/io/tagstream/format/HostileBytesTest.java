package io.tagstream.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.tagstream.event.StreamKey;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.json.FieldPointer;
import io.tagstream.json.JsonField;
import io.tagstream.json.MissingText;
import io.tagstream.json.RecordFields;
import io.tagstream.json.RecordReader;
import io.tagstream.json.TextField;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventWriter;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, a decoder reads them or refuses them, and spends no more memory than the bytes warrant. */
class HostileBytesTest {
    private static final long SEED = 20_260_101;
    private static final long MOST_BYTES_A_CALL = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Each thing that reads bytes, with examples of what it reads. */
    private record Target(String name, EventReader<?> reader, List<byte[]> examples) {
        static final List<Target> STRUCTURED = List.of(
                new Target(
                        "Avro SentenceEvent",
                        WireFormats.decoder(InputFormat.AVRO)::decode,
                        incoming(InputFormat.AVRO)),
                new Target(
                        "JSON SentenceEvent",
                        WireFormats.decoder(InputFormat.JSON)::decode,
                        incoming(InputFormat.JSON)),
                new Target("JSON of any shape", recordReader()::read, incoming(InputFormat.JSON)),
                new Target(
                        "Avro TaggedSentence",
                        WireFormats.sentenceReader(OutputFormat.AVRO),
                        outgoing(OutputFormat.AVRO, Emit.SENTENCE)),
                new Target(
                        "JSON TaggedSentence",
                        WireFormats.sentenceReader(OutputFormat.JSON),
                        outgoing(OutputFormat.JSON, Emit.SENTENCE)),
                new Target(
                        "Avro TokenEvent",
                        WireFormats.tokenReader(OutputFormat.AVRO),
                        outgoing(OutputFormat.AVRO, Emit.TOKEN)),
                new Target(
                        "JSON TokenEvent",
                        WireFormats.tokenReader(OutputFormat.JSON),
                        outgoing(OutputFormat.JSON, Emit.TOKEN)));
        static final List<Target> PLAIN = List.of(
                new Target("text", WireFormats.decoder(InputFormat.TEXT)::decode, incoming(InputFormat.JSON)),
                new Target("key", StreamKey::shown, incoming(InputFormat.JSON)),
                new Target("field", new JsonField("/begins_document")::text, incoming(InputFormat.JSON)));

        private static RecordReader recordReader() {
            return WireFormats.recordReader(
                    InputFormat.JSON,
                    new RecordFields(
                            List.of(
                                    new TextField(FieldPointer.parse("/text"), TextField.Kind.TEXT),
                                    new TextField(FieldPointer.parse("/tokens"), TextField.Kind.TOKENS)),
                            RecordFields.DEFAULT_TAGS,
                            MissingText.PASS));
        }

        private static List<byte[]> incoming(InputFormat format) {
            RandomEvents events = new RandomEvents(SEED);
            EventWriter<IncomingSentence> writer = WireFormats.sentenceWriter(format);
            List<byte[]> examples = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                examples.add(writer.write(events.incoming()));
            }
            return examples;
        }

        private static List<byte[]> outgoing(OutputFormat format, Emit emit) {
            RandomEvents events = new RandomEvents(SEED);
            EventEncoder encoder = WireFormats.encoder(format, emit);
            List<byte[]> examples = new ArrayList<>();
            while (examples.size() < 40) {
                examples.addAll(encoder.encode(events.outgoing()));
            }
            return examples.subList(0, 40);
        }

        /** Reads the bytes; the answer is null where they are refused. Any other end fails the test. */
        private @Nullable Object tryRead(byte[] value) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Object result = null;
            try {
                result = reader.read(value);
            } catch (UndecodableEventException e) {
                assertThat(e).hasMessageNotContaining("quoted").hasNoCause();
            } catch (RuntimeException e) {
                throw new AssertionError("on the bytes " + Arrays.toString(value), e);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("memory for %d bytes", value.length)
                    .isLessThan(MOST_BYTES_A_CALL + 100L * value.length);
            return result;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Target> structured() {
        return Target.STRUCTURED;
    }

    private static List<Target> all() {
        List<Target> all = new ArrayList<>(Target.STRUCTURED);
        all.addAll(Target.PLAIN);
        return all;
    }

    @ParameterizedTest
    @MethodSource("structured")
    void shouldRefuseAnEventThatIsCutAnywhere(Target target) {
        for (byte[] whole : target.examples) {
            for (int length = 0; length < Math.min(whole.length, 2_000); length++) {
                assertThat(target.tryRead(Arrays.copyOf(whole, length))).isNull();
            }
            assertThat(target.tryRead(whole)).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("structured")
    void shouldRefuseWhatFollowsAnEvent(Target target) {
        for (byte[] whole : target.examples) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            longer[whole.length] = '1';
            assertThat(target.tryRead(longer)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldReadOrRefuseAnEventWithFlippedBits(Target target) {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] value = target.examples.get(i % target.examples.size()).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                value[random.nextInt(Math.min(value.length, 400))] ^= (byte) (1 << random.nextInt(8));
            }
            target.tryRead(value);
        }
        assertThat(target.tryRead(target.examples.get(0)))
                .as("a good event after all those")
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldReadOrRefuseRandomBytesBehindAGoodStart(Target target) {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] example = target.examples.get(i % target.examples.size());
            byte[] value = new byte[random.nextInt(80)];
            random.nextBytes(value);
            int start = Math.min(Math.min(example.length, value.length), random.nextInt(30));
            System.arraycopy(example, 0, value, 0, start);
            target.tryRead(value);
        }
    }

    @ParameterizedTest
    @MethodSource("structured")
    void shouldRefuseAnEmptyValue(Target target) {
        assertThatExceptionOfType(UndecodableEventException.class).isThrownBy(() -> target.reader.read(new byte[0]));
    }
}
