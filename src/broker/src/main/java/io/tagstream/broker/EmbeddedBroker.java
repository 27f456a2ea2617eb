package io.tagstream.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker and its controller (KRaft) in this process, reachable over the loopback interface only. Its logs lie in a
 * temporary directory that {@link #close}, or an end of the process, removes, or in one of the caller's, where a broker started again finds them. It keeps
 * records whatever their timestamps say and creates no topic by itself.
 *
 * <p>A fault of the broker would end the process by Kafka's {@link Exit}; from the first broker on, that only logs.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";
    private static final String DIRECTORY = "tagstream-broker-";
    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";
    /** What a formatted directory holds. */
    private static final String FORMATTED = "meta.properties";
    /** Between the choice of a free port and its use another program can take it. */
    private static final int ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final Path directory;
    private final String bootstrapServers;
    /** For a process that is interrupted; null where the directory is the caller's. */
    private final @Nullable Thread cleaner;

    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, Path directory, String bootstrapServers, @Nullable Thread cleaner) {
        this.server = server;
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.cleaner = cleaner;
    }

    /**
     * Starts a broker; it answers when this returns.
     *
     * @throws IllegalStateException if it cannot be started
     */
    public static EmbeddedBroker start() {
        return startBelow(null);
    }

    /**
     * Starts a broker whose directory of its own lies in the caller's; it answers when this returns.
     *
     * @param parent where the directory is made, null for the system's temporary directory
     * @throws IllegalStateException if it cannot be started
     */
    public static EmbeddedBroker startBelow(@Nullable Path parent) {
        Exit.setExitProcedure(EmbeddedBroker::logExit);
        Exit.setHaltProcedure(EmbeddedBroker::logExit);
        RuntimeException last = new IllegalStateException("not tried");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return startOnce(parent);
            } catch (RuntimeException e) {
                LOG.info("the embedded broker did not start (attempt {} of {}): {}", attempt, ATTEMPTS, e.toString());
                last = e;
            }
        }
        throw new IllegalStateException("the embedded broker did not start in " + ATTEMPTS + " attempts", last);
    }

    /**
     * Starts a broker at fixed ports over the logs in a directory, which outlive it; a new directory is formatted.
     *
     * @param port where clients find it
     * @param controllerPort where its controller listens, the same each time
     * @param properties of Kafka, which win over this class's own
     * @throws IllegalStateException if it cannot be started
     */
    public static EmbeddedBroker startAt(Path directory, int port, int controllerPort, Map<String, String> properties) {
        Exit.setExitProcedure(EmbeddedBroker::logExit);
        Exit.setHaltProcedure(EmbeddedBroker::logExit);
        try {
            return new EmbeddedBroker(
                    start(directory, port, controllerPort, properties), directory, address(port), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedBroker startOnce(@Nullable Path parent) {
        try {
            Path directory = parent == null
                    ? Files.createTempDirectory(DIRECTORY)
                    : Files.createTempDirectory(parent, DIRECTORY);
            AtomicReference<@Nullable EmbeddedBroker> started = new AtomicReference<>();
            Thread cleaner = new Thread(
                    () -> {
                        EmbeddedBroker broker = started.get();
                        if (broker == null) {
                            delete(directory);
                        } else {
                            broker.close();
                        }
                    },
                    "tagstream-broker-cleaner");
            Runtime.getRuntime().addShutdownHook(cleaner); // for Ctrl-C
            try {
                int[] ports = freePorts();
                KafkaRaftServer server = start(directory, ports[0], ports[1], Map.of());
                EmbeddedBroker broker = new EmbeddedBroker(server, directory, address(ports[0]), cleaner);
                started.set(broker);
                return broker;
            } catch (RuntimeException | Error | IOException e) {
                delete(directory);
                forget(cleaner);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KafkaRaftServer start(Path directory, int port, int controllerPort, Map<String, String> more)
            throws IOException {
        Map<String, Object> properties = properties(port, controllerPort, directory);
        properties.putAll(more);
        try {
            if (Files.notExists(directory.resolve(FORMATTED))) {
                format(directory);
            }
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            try {
                server.startup();
            } catch (RuntimeException | Error e) {
                server.shutdown();
                throw e;
            }
            return server;
        } catch (RuntimeException | Error | IOException e) {
            throw e;
        } catch (Exception e) {
            // Scala code and the formatter throw checked exceptions that they do not declare, or declare them all.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String address(int port) {
        return HOST + ":" + port;
    }

    private static void forget(Thread cleaner) {
        try {
            boolean known = Runtime.getRuntime().removeShutdownHook(cleaner);
            LOG.debug("the broker needs no cleaner any more, it had one: {}", known);
        } catch (IllegalStateException e) {
            // The process is ending, and the cleaner at work.
        }
    }

    /** Where clients find the broker, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker and removes what it stored in a directory of its own; a second caller waits for the first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            if (cleaner != null) {
                delete(directory);
                forget(cleaner);
            }
        }
    }

    private static Map<String, Object> properties(int port, int controllerPort, Path directory) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", NODE_ID);
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        properties.put("controller.listener.names", CONTROLLER);
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", false);
        properties.put("controlled.shutdown.enable", false);
        // Who joins, leaves or takes over is told at the next heartbeat, under the group protocol streams at the next
        // few.
        properties.put("group.initial.rebalance.delay.ms", 0);
        properties.put("group.streams.initial.rebalance.delay.ms", 0);
        properties.put("group.streams.min.heartbeat.interval.ms", 500);
        properties.put("group.streams.heartbeat.interval.ms", 500);
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".num.partitions", 1);
            properties.put(topic + ".replication.factor", "1");
        }
        properties.put("transaction.state.log.min.isr", 1);
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // A transaction whose owner died holds up readers until the broker looks at it.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 500);
        // Event time may lie in any year.
        properties.put("log.retention.ms", -1);
        properties.put("log.message.timestamp.after.max.ms", Long.MAX_VALUE);
        // The default takes 128 MB.
        properties.put("log.cleaner.dedupe.buffer.size", 2L << 20);
        return properties;
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(CONTROLLER)
                .run();
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    private static void logExit(int status, String message) {
        LOG.error("the embedded broker wanted to end the process with status {}: {}", status, message);
    }

    private static void delete(Path directory) {
        try {
            Folders.delete(directory);
        } catch (NoSuchFileException e) {
            LOG.debug("already gone: {}", e.getFile());
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", directory, e.toString());
        }
    }
}
