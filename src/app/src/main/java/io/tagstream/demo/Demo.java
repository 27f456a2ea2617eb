package io.tagstream.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.broker.Folders;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.option.ModelSource;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.Terminal;
import io.tagstream.text.TextFile;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole path in one process: broker, topics, application, a producer of lines and a consumer of what comes out. The broker starts
 * while the model is opened; one thread feeds; the calling thread reads and shows.
 */
public final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    /** Sentences per second that a person can follow. */
    public static final double READABLE_RATE = 2.5;
    /** How long the sentences may take where nobody says how many a second. */
    public static final int LONGEST_SECONDS = 18;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    /** One, so that sentences come out in the order in which they went in, and there is one store to open. */
    private static final int PARTITIONS = 1;
    /** Of {@link TopicSettings}: the topics are created, with the replication of the broker. */
    private static final TopicSettings TOPICS = new TopicSettings(
            StreamNames.DEFAULT_INPUT_TOPIC,
            StreamNames.DEFAULT_OUTPUT_TOPIC,
            StreamNames.DEFAULT_DEAD_LETTER_TOPIC,
            true,
            PARTITIONS,
            TopicSettings.BROKER_DEFAULT);
    /** How long Kafka Streams waits for records before it looks at a store that is restored; both are for a quick start. */
    private static final Map<String, String> QUICK_START =
            Map.of("poll.ms", "10", "restore.consumer.fetch.max.wait.ms", "10");
    /** The longest sentence, in bytes, that is shown as an example before Kafka is there. */
    private static final int LONGEST_EXAMPLE = 300;

    private final long begin = System.nanoTime();
    private final DemoText text;
    private final String modelName;
    private final double rate;
    private final DemoView view;
    private final BooleanSupplier stop;
    private final DemoTally tally = new DemoTally();

    /**
     * @param input a file, {@code -} for standard input, or null for the text that comes with the demo
     * @param rate sentences per second, or null for one that is readable and not too slow for the text
     * @param stop asked again and again: true ends it with a summary of what there is
     * @throws CommandException if there is nothing to feed
     */
    public static Demo of(
            @Nullable String input, String modelName, @Nullable Double rate, Terminal terminal, BooleanSupplier stop)
            throws IOException {
        DemoText text = input == null ? DemoText.shipped() : DemoText.read(input.equals("-") ? null : Path.of(input));
        double pace = rate != null
                ? rate
                : Math.max(READABLE_RATE, (double) text.lines().size() / LONGEST_SECONDS);
        return new Demo(text, modelName, pace, new DemoView(terminal, text.streams()), stop);
    }

    private Demo(DemoText text, String modelName, double rate, DemoView view, BooleanSupplier stop) {
        this.text = text;
        this.modelName = modelName;
        this.rate = rate;
        this.view = view;
        this.stop = stop;
    }

    /** Plays it; false if something that went in did not come out. */
    public boolean play() throws Exception {
        view.say("Tagstream demo: a Kafka broker and the application start in this process. Ctrl-C ends it early.");
        view.say("Text", text.introduction());
        Path directory = Files.createTempDirectory("tagstream-demo-");
        Thread cleaner = new Thread(() -> delete(directory), "tagstream-demo-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner); // where a signal ends the process at once
        try (BrokerStart starting = new BrokerStart(directory);
                TaggerModel model = ModelSource.open(modelName)) {
            view.legend(model.contract().labelLayers().get(0).tags().labels());
            showExample(model);
            RocksDB.loadLibrary(); // unpacks 15 MB, for which the first store would wait
            return play(starting.await(), model, directory.resolve("state"));
        } finally {
            delete(directory);
        }
    }

    /** The first sentence by the model alone, which is ready before Kafka is. */
    private void showExample(TaggerModel model) {
        String sentence = text.lines().stream()
                .map(DemoText.Line::sentence)
                .filter(bytes -> bytes.length <= LONGEST_EXAMPLE && !DemoText.blank(bytes))
                .map(TextFile::utf8)
                .filter(line -> line != null)
                .findFirst()
                .orElse(null);
        if (sentence == null) {
            return;
        }
        try (SentenceTagger tagger = model.newTagger()) {
            view.show(
                    "Example",
                    tagger.tag(
                                    Tokenizers.named(model.contract().tokenizer())
                                            .tokenize(sentence),
                                    HiddenState.zero(model.contract()))
                            .tokens());
        }
        view.say("", "(by the model " + model.id() + " alone, while Kafka starts)");
    }

    private boolean play(EmbeddedBroker broker, TaggerModel model, Path stateDirectory) throws InterruptedException {
        if (stop.getAsBoolean()) {
            summarize();
            return true;
        }
        StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                .applicationId("tagstream-demo")
                .topics(TOPICS)
                .inputFormat(InputFormat.TEXT)
                .stateDir(stateDirectory)
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(QUICK_START)
                .build();
        String tokenizer = model.contract().tokenizer();
        try (StreamsRunner runner = StreamsLaunch.start(
                        settings, TaggingParts.of(settings, model, () -> Tokenizers.named(tokenizer)));
                DemoFeeder feeder = new DemoFeeder(settings, text.lines(), rate)) {
            view.sayWhole("");
            view.say("And now through Kafka, from topic " + TOPICS.input() + " to topic " + TOPICS.output() + ":");
            return play(runner, feeder, settings);
        }
    }

    private boolean play(StreamsRunner runner, DemoFeeder feeder, StreamSettings settings) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.JSON);
            long lastNews = System.nanoTime();
            while (tally.seen() < text.lines().size() && !stop.getAsBoolean() && !view.isUnread()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    lastNews = System.nanoTime();
                    if (tally.seen() == 0) {
                        tally.started(lastNews - begin);
                    }
                    if (record.topic().equals(TOPICS.output())) {
                        tagged(record, reader, feeder);
                    } else {
                        dead(record);
                    }
                }
                if (tally.seen() > 0) {
                    feeder.goOn();
                }
                feeder.check();
                if (!runner.isRunning()) {
                    throw CommandException.failed("the application stopped: see the log above");
                }
                if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                    view.say("Of " + text.lines().size() + " sentences, "
                            + (text.lines().size() - tally.seen()) + " did not come out within "
                            + PATIENCE.toSeconds() + " s.");
                    return false;
                }
            }
        }
        summarize();
        return true;
    }

    private void tagged(
            ConsumerRecord<byte[], byte[]> record, EventReader<OutgoingSentence> reader, DemoFeeder feeder) {
        OutgoingSentence sentence;
        try {
            sentence = reader.read(record.value());
        } catch (UndecodableEventException e) {
            throw CommandException.failed("a record of the output cannot be read: " + e.getMessage());
        }
        String stream = DemoText.shown(record.key());
        tally.tagged(stream, sentence.tokens().size(), feeder.pacedAt(record.timestamp()));
        view.show(stream, sentence.tokens());
    }

    private void dead(ConsumerRecord<byte[], byte[]> record) {
        Header cause = record.headers().lastHeader(StreamNames.HEADER_MESSAGE);
        String stream = record.key() == null ? "" : DemoText.shown(record.key());
        tally.dead(stream);
        view.showDeadLetter(stream, cause == null ? "unknown" : new String(cause.value(), UTF_8));
    }

    private void summarize() {
        view.sayWhole("");
        if (tally.seen() < text.lines().size()) {
            view.say("Stopped after " + tally.seen() + " of "
                    + DemoText.count(text.lines().size(), "sentence") + ".");
        }
        tally.lines().forEach(view::sayWhole);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(StreamSettings settings) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // Both topics have one partition: there is no group to wait for.
        consumer.assign(List.of(new TopicPartition(TOPICS.output(), 0), new TopicPartition(TOPICS.deadLetters(), 0)));
        return consumer;
    }

    private static void delete(Path directory) {
        try {
            Folders.delete(directory);
        } catch (IOException e) {
            LOG.debug("{} is not removed whole: {}", directory, e.toString());
        }
    }

    /** A broker that starts on a thread of its own. Closing waits for it, and stops it. */
    private static final class BrokerStart implements AutoCloseable {
        private final FutureTask<EmbeddedBroker> task;

        BrokerStart(Path directory) {
            task = new FutureTask<>(() -> EmbeddedBroker.startBelow(directory));
            new Thread(task, "tagstream-demo-broker").start();
        }

        EmbeddedBroker await() throws InterruptedException {
            try {
                return task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                task.get().close();
            } catch (ExecutionException e) {
                LOG.debug("no broker to stop", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
