package io.tagstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.StreamCorpus;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.integration.TaggingProcess.End;
import io.tagstream.stream.StreamNames;
import io.tagstream.stream.StreamSettings;
import io.tagstream.stream.Topics;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import io.tagstream.wire.WireFormats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application is stopped hard five times at random places, and what it puts out equals what one uninterrupted loop without
 * Kafka puts out: record for record, state digest for state digest, dead letter for dead letter.
 */
class CrashIT {
    private static final int STREAMS = 200;
    private static final int CRASHES = 5;
    private static final byte[] NOT_AVRO = "not Avro".getBytes(StandardCharsets.UTF_8);
    private static final long SEED = 20260101;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "emptied state directory: {0}")
    @ValueSource(booleans = {false, true})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldPutOutWhatAnUninterruptedRunDoes(boolean emptied) throws Exception {
        long seed = SEED + (emptied ? 1 : 0);
        Random random = new Random(seed);
        Path modelFile =
                Path.of("src", "main", "resources", "models", "en.onnx").toAbsolutePath();
        List<ProducerRecord<byte[], byte[]>> input = input(random);
        Map<String, List<OutgoingSentence>> expected = uninterrupted(modelFile, input);
        long sentences = expected.values().stream().mapToLong(List::size).sum();
        long bad = input.stream().filter(CrashIT::isBad).count();

        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            String servers = broker.bootstrapServers();
            Path stateDir = directory.resolve("state");
            // A name that outlives a crash spares the wait for the session timeout; without one it must work too.
            String instanceId = emptied ? "" : "crash-1";
            StreamSettings settings = TaggingProcess.settings(servers, stateDir, instanceId);
            new Topics(settings).create();
            KafkaRecords.send(servers, input);

            for (int crash = 0; crash < CRASHES; crash++) {
                End end = List.of(End.HALT_WHILE_TAGGING, End.KILL, End.HALT_SOON_AFTER)
                        .get(crash % 3);
                int place = 1 + random.nextInt((int) (sentences / (CRASHES + 2)));
                crash(servers, modelFile, stateDir, instanceId, end, place);
                if (emptied) {
                    delete(stateDir);
                }
            }
            assertThat(KafkaRecords.readCommitted(servers, settings.topics().output()))
                    .as("the crashes came while there was work, seed %s", seed)
                    .hasSizeLessThan((int) sentences);
            finish(servers, modelFile, stateDir, instanceId, sentences, bad);

            Map<String, List<OutgoingSentence>> actual = byStream(
                    KafkaRecords.readCommitted(servers, settings.topics().output()));
            assertThat(actual.keySet()).isEqualTo(expected.keySet());
            actual.forEach((stream, tagged) ->
                    assertThat(tagged).as("stream %s, seed %s", stream, seed).isEqualTo(expected.get(stream)));
            assertThat(deadLetters(servers, settings))
                    .as("dead letters, seed %s", seed)
                    .isEqualTo(places(servers, settings));
        }
    }

    /** The streams' sentences mixed, each stream in its order, with documents that begin, empty lines, ends and bad records. */
    private static List<ProducerRecord<byte[], byte[]>> input(Random random) {
        List<List<String>> streams = new ArrayList<>();
        for (List<String> lines : StreamCorpus.streams(STREAMS)) {
            streams.add(new ArrayList<>(lines));
        }
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int stream = 0; stream < streams.size(); stream++) {
            open.add(stream);
        }
        String topic = StreamNames.DEFAULT_INPUT_TOPIC;
        while (!open.isEmpty()) {
            int stream = open.get(random.nextInt(open.size()));
            List<String> lines = streams.get(stream);
            byte[] key = Sentences.key("stream-" + stream);
            String text = lines.remove(0);
            boolean begins = random.nextInt(20) == 0;
            input.add(new ProducerRecord<>(
                    topic, key, Sentences.avro(new IncomingSentence(stream + "/" + lines.size(), text, null, begins))));
            int extra = random.nextInt(60);
            if (extra == 0) {
                input.add(new ProducerRecord<>(topic, key, NOT_AVRO));
            } else if (extra == 1) {
                input.add(new ProducerRecord<>(topic, key, Sentences.text("blank", " ")));
            } else if (extra == 2) {
                input.add(new ProducerRecord<>(topic, key, null));
            }
            if (lines.isEmpty()) {
                open.remove((Integer) stream);
            }
        }
        return input;
    }

    private static boolean isBad(ProducerRecord<byte[], byte[]> record) {
        return record.value() == NOT_AVRO;
    }

    /** What must come out, by the tagger in a loop. */
    private static Map<String, List<OutgoingSentence>> uninterrupted(
            Path modelFile, List<ProducerRecord<byte[], byte[]>> input) throws Exception {
        Map<String, List<OutgoingSentence>> out = new TreeMap<>();
        Map<String, HiddenState> states = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        Tokenizer tokenizer = Tokenizers.named(Tokenizers.UD_ENGLISH);
        try (TaggerModel model = TaggerModel.open(modelFile);
                SentenceTagger tagger = model.newTagger()) {
            HiddenState zero = HiddenState.zero(model.contract());
            for (ProducerRecord<byte[], byte[]> record : input) {
                String stream = new String(record.key(), StandardCharsets.UTF_8);
                if (isBad(record)) {
                    continue;
                }
                if (record.value() == null) {
                    states.remove(stream);
                    sequences.remove(stream);
                    continue;
                }
                IncomingSentence sentence =
                        WireFormats.decoder(InputFormat.AVRO).decode(record.value());
                String text = String.valueOf(sentence.text());
                List<Token> tokens = tokenizer.tokenize(text);
                HiddenState before = sentence.beginsDocument() ? zero : states.getOrDefault(stream, zero);
                TaggedText tagged = tagger.tag(tokens, before);
                states.put(stream, tagged.next());
                long sequence = sequences.merge(stream, 1L, Long::sum);
                out.computeIfAbsent(stream, name -> new ArrayList<>())
                        .add(new OutgoingSentence(
                                sentence.sentenceId(),
                                sequence,
                                model.id(),
                                tagged.tokens(),
                                tagged.next().digest()));
            }
        }
        return out;
    }

    private void crash(String servers, Path model, Path stateDir, String instanceId, End end, int place)
            throws Exception {
        Path log = directory.resolve("application.log");
        Process process = TaggingProcess.start(servers, model, stateDir, instanceId, end, place, log);
        try {
            if (end == End.KILL) {
                try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    assertThat(out.readLine()).as(Files.readString(log)).isEqualTo(TaggingProcess.REACHED);
                    process.destroyForcibly();
                }
            }
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(TaggingProcess.HALTED);
        } finally {
            process.destroyForcibly();
        }
    }

    private void finish(String servers, Path model, Path stateDir, String instanceId, long sentences, long bad)
            throws Exception {
        Path log = directory.resolve("application.log");
        Process process = TaggingProcess.start(servers, model, stateDir, instanceId, End.ORDERLY, 0, log);
        try {
            await("all sentences and dead letters")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> KafkaRecords.readCommitted(servers, StreamNames.DEFAULT_OUTPUT_TOPIC)
                                            .size()
                                    >= sentences
                            && KafkaRecords.readCommitted(servers, StreamNames.DEFAULT_DEAD_LETTER_TOPIC)
                                            .size()
                                    >= bad);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("stops on SIGTERM")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, List<OutgoingSentence>> byStream(List<ConsumerRecord<byte[], byte[]>> records)
            throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        Map<String, List<OutgoingSentence>> streams = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            streams.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), name -> new ArrayList<>())
                    .add(reader.read(record.value()));
        }
        return streams;
    }

    /** Partition and offset of each dead letter's record, with how often it is there. */
    private static Map<String, Integer> deadLetters(String servers, StreamSettings settings) {
        Map<String, Integer> places = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.readCommitted(servers, settings.topics().deadLetters())) {
            places.merge(
                    header(record, StreamNames.HEADER_PARTITION) + "@" + header(record, StreamNames.HEADER_OFFSET),
                    1,
                    Integer::sum);
        }
        return places;
    }

    /** Partition and offset of each bad record in the input topic, once. */
    private static Map<String, Integer> places(String servers, StreamSettings settings) {
        Map<String, Integer> places = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.readCommitted(servers, settings.topics().input())) {
            if (Arrays.equals(record.value(), NOT_AVRO)) {
                places.put(record.partition() + "@" + record.offset(), 1);
            }
        }
        return places;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void delete(Path stateDir) throws IOException {
        try (Stream<Path> paths = Files.walk(stateDir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
