package io.tagstream.integration;

import io.tagstream.infer.TaggerModel;
import io.tagstream.stream.StreamSettings;
import io.tagstream.stream.StreamsRunner;
import io.tagstream.stream.TaggingParts;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.WireFormats;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The application as a process of its own, which can be stopped as a power cut stops it: by itself while it tags its n-th sentence
 * (nothing is stored yet), some time after (in the middle of a commit, as it comes), or from outside by SIGKILL.
 */
final class TaggingProcess {
    static final int HALTED = 137;
    /** Sent to standard output when the n-th sentence is reached. */
    static final String REACHED = "reached";

    private TaggingProcess() {}

    /** How the process ends. */
    enum End {
        /** On SIGTERM, as it should. */
        ORDERLY,
        /** By itself, while it tags the n-th sentence. */
        HALT_WHILE_TAGGING,
        /** By itself, some milliseconds after the n-th sentence. */
        HALT_SOON_AFTER,
        /** By somebody else after it has said {@link #REACHED}. */
        KILL
    }

    static Process start(
            String bootstrapServers, Path model, Path stateDir, String instanceId, End end, long place, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                TaggingProcess.class.getName(),
                bootstrapServers,
                model.toString(),
                stateDir.toString(),
                instanceId,
                end.name(),
                Long.toString(place));
        // Not on the command line: ONNX Runtime 1.29 crashes while it searches a long one.
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.directory(new File(".")).start();
    }

    static StreamSettings settings(String bootstrapServers, Path stateDir, String instanceId) {
        return StreamSettings.builder(bootstrapServers)
                .applicationId("crash")
                .instanceId(instanceId)
                .stateDir(stateDir)
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of(
                        // The shortest that the broker allows: how long it takes a dead instance for a living one.
                        "session.timeout.ms", "6000",
                        "heartbeat.interval.ms", "1000",
                        "producer.transaction.timeout.ms", "5000",
                        // Many small steps, so that a stop comes between them.
                        "max.poll.records", "100"))
                .build();
    }

    public static void main(String[] args) throws Exception {
        StreamSettings settings = settings(args[0], Path.of(args[2]), args[3]);
        End end = End.valueOf(args[4]);
        long place = Long.parseLong(args[5]);
        AtomicLong tagged = new AtomicLong();
        try (TaggerModel model = TaggerModel.open(Path.of(args[1]))) {
            TaggingParts parts = TaggingParts.of(settings, model, () -> Tokenizers.named(Tokenizers.UD_ENGLISH));
            EventEncoder plain = WireFormats.encoder(settings.outputFormat(), settings.emit());
            TaggingParts ending = new TaggingParts(model, parts.tokenizer(), parts.decoder(), () -> sentence -> {
                List<byte[]> encoded;
                synchronized (plain) {
                    encoded = plain.encode(sentence);
                }
                if (end != End.ORDERLY) {
                    // As a larger model: there must be something left when the end comes.
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                    if (tagged.incrementAndGet() == place) {
                        reached(end, place);
                    }
                }
                return encoded;
            });
            StreamsRunner runner = StreamsRunner.start(settings, ending);
            Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
            runner.awaitStop();
        }
    }

    private static void reached(End end, long place) {
        switch (end) {
            case HALT_WHILE_TAGGING -> Runtime.getRuntime().halt(HALTED);
            case HALT_SOON_AFTER -> {
                Thread halt = new Thread(() -> {
                    LockSupport.parkNanos(Duration.ofMillis(place % 100).toNanos());
                    Runtime.getRuntime().halt(HALTED);
                });
                halt.setDaemon(true);
                halt.start();
            }
            case KILL -> {
                System.out.println(REACHED);
                System.out.flush();
            }
            case ORDERLY -> throw new IllegalStateException("an orderly end has no place");
        }
    }
}
