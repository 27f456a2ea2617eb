package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.infer.TaggerModel;
import io.tagstream.stream.StreamSettings;
import io.tagstream.stream.StreamsRunner;
import io.tagstream.stream.TaggingParts;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import io.tagstream.wire.UndecodableEventException;
import io.tagstream.wire.WireFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole path in one process: broker, topics, application, a producer of lines and a consumer of what comes out. One thread feeds,
 * the calling thread reads and shows.
 */
final class Demo {
    private static final double SECONDS_OF_TEXT = 10;
    private static final int LOWEST_RATE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String CAUSE = "__streams.errors.message";

    private final DemoText text;
    private final String modelName;
    private final double rate;
    private final DemoView view;
    /** Stream and number in the stream of each sentence to the time at which it was produced (System.nanoTime). */
    private final Map<String, Long> produced = new ConcurrentHashMap<>();

    private final List<Long> latencies = new ArrayList<>();
    private final Set<String> streams = new HashSet<>();
    private final AtomicReference<@Nullable Exception> sendFailure = new AtomicReference<>();
    private long tokens;
    private long deadLetters;

    /** @param rate sentences a second, 0 for as many as show the text in some ten seconds */
    Demo(DemoText text, String modelName, int rate, DemoView view) {
        this.text = text;
        this.modelName = modelName;
        this.rate = rate > 0 ? rate : Math.max(LOWEST_RATE, text.lines().size() / SECONDS_OF_TEXT);
        this.view = view;
    }

    /** Plays it; false if something that went in did not come out. */
    boolean play() throws Exception {
        Path directory = Files.createTempDirectory("tagstream-demo");
        Thread cleaner = new Thread(() -> delete(directory), "tagstream-demo-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner); // for Ctrl-C
        try (TaggerModel model = ModelSource.open(modelName);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                    .inputFormat(InputFormat.TEXT)
                    .stateDir(directory)
                    .commitInterval(Duration.ofMillis(50))
                    .build();
            String tokenizer = model.contract().tokenizer();
            try (StreamsRunner runner = StreamsRunner.start(
                    settings, TaggingParts.of(settings, model, () -> Tokenizers.named(tokenizer)))) {
                if (!runner.awaitRunning(PATIENCE)) {
                    throw CommandException.failed(
                            "the application did not start within " + PATIENCE.toSeconds() + " s");
                }
                view.say("Tagging " + text.lines().size() + " sentences with " + model.id() + " through Kafka at "
                        + broker.bootstrapServers() + " ...");
                return play(settings);
            }
        } finally {
            delete(directory);
        }
    }

    private boolean play(StreamSettings settings) throws InterruptedException {
        Thread feeder = new Thread(() -> feed(settings), "tagstream-demo-feeder");
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            consumer.subscribe(
                    List.of(settings.topics().output(), settings.topics().deadLetters()));
            feeder.start();
            int expected = text.lines().size();
            EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.JSON);
            long lastNews = System.nanoTime();
            while (latencies.size() + deadLetters < expected) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    lastNews = System.nanoTime();
                    if (record.topic().equals(settings.topics().output())) {
                        tagged(record, reader);
                    } else {
                        dead(record);
                    }
                }
                Exception failure = sendFailure.get();
                if (failure != null) {
                    throw CommandException.failed("a sentence could not be sent: " + failure.getMessage());
                }
                if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                    view.say("Of " + expected + " sentences, " + (expected - latencies.size() - deadLetters)
                            + " did not come out within " + PATIENCE.toSeconds() + " s.");
                    return false;
                }
            }
            feeder.join();
        }
        summarize();
        return true;
    }

    private void feed(StreamSettings settings) {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                settings.maxRecordBytes());
        Map<String, Integer> numbers = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            for (int i = 0; i < text.lines().size(); i++) {
                DemoText.Line line = text.lines().get(i);
                long due = start + (long) (i / rate * TimeUnit.SECONDS.toNanos(1));
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                String stream = new String(line.stream(), UTF_8);
                produced.put(key(stream, numbers.merge(stream, 1, Integer::sum)), System.nanoTime());
                var unused = producer.send(
                        new ProducerRecord<>(settings.topics().input(), line.stream(), line.sentence()),
                        (metadata, failure) -> {
                            if (failure != null) {
                                sendFailure.compareAndSet(null, failure);
                            }
                        });
            }
        }
    }

    private void tagged(ConsumerRecord<byte[], byte[]> record, EventReader<OutgoingSentence> reader) {
        String stream = new String(record.key(), UTF_8);
        OutgoingSentence sentence;
        try {
            sentence = reader.read(record.value());
        } catch (UndecodableEventException e) {
            throw CommandException.failed("a record of the output cannot be read: " + e.getMessage());
        }
        streams.add(stream);
        tokens += sentence.tokens().size();
        latencies.add(System.nanoTime() - produced.getOrDefault(key(stream, sentence.sequence()), System.nanoTime()));
        view.show(stream, sentence);
    }

    private void dead(ConsumerRecord<byte[], byte[]> record) {
        deadLetters++;
        Header cause = record.headers().lastHeader(CAUSE);
        view.showDeadLetter(
                record.key() == null ? "" : new String(record.key(), UTF_8),
                cause == null ? "unknown" : new String(cause.value(), UTF_8));
    }

    private void summarize() {
        latencies.sort(Comparator.naturalOrder());
        view.say("");
        view.say("streams        " + streams.size());
        view.say("sentences      " + latencies.size());
        view.say("tokens         " + tokens);
        view.say("dead letters   " + deadLetters);
        if (!latencies.isEmpty()) {
            view.say(String.format(
                    Locale.ROOT,
                    "latency        p50 %.0f ms, p99 %.0f ms from produced to tagged (read_committed)",
                    percentile(0.50),
                    percentile(0.99)));
        }
    }

    private double percentile(double share) {
        int index = (int) Math.ceil(share * latencies.size()) - 1;
        return latencies.get(Math.max(0, index)) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static String key(String stream, long number) {
        return number + "\t" + stream;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(StreamSettings settings) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, "tagstream-demo-view",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is a temporary directory: what the system still holds open goes with it.
        }
    }
}
