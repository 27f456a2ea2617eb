package io.tagstream.soak;

import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.Launcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The assembled {@code bin/tagstream run} as a process, with the heap of the stated budget, on a broker in this process. */
final class SoakedApplication implements AutoCloseable {
    /** The budget that operations.md states for the heap, MiB. */
    static final int HEAP = 256;

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final EmbeddedBroker broker;
    private final Launcher run;
    private final ProcessProbe probe;

    SoakedApplication(Path directory, Map<String, String> brokerProperties, String... options) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int port;
        int controllerPort;
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            port = first.getLocalPort();
            controllerPort = second.getLocalPort();
        }
        broker = EmbeddedBroker.startAt(directory.resolve("broker"), port, controllerPort, brokerProperties);
        Path health = directory.resolve("health");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--input-format",
                "text",
                "--state-dir",
                directory.resolve("state").toString(),
                "--health-file",
                health.toString()));
        arguments.addAll(List.of(options));
        run = Launcher.start(
                directory, Map.of("TAGSTREAM_JAVA_OPTS", "-Xmx" + HEAP + "m"), "", arguments.toArray(String[]::new));
        try {
            await().atMost(PATIENCE)
                    .until(() -> !run.isAlive()
                            || (Files.exists(health) && Files.readString(health).equals("RUNNING\n")));
            if (!run.isAlive()) {
                throw new IllegalStateException(run.err());
            }
            probe = new ProcessProbe(run.pid());
        } catch (Exception | Error e) {
            run.close();
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    ProcessProbe probe() {
        return probe;
    }

    boolean isAlive() {
        return run.isAlive();
    }

    String log() throws IOException {
        return run.err();
    }

    /** The exit code after a SIGTERM. */
    int stop() throws Exception {
        // Later there is nobody who would answer.
        probe.close();
        run.terminate();
        return run.await(PATIENCE.toSeconds());
    }

    @Override
    public void close() throws IOException {
        try {
            probe.close();
        } finally {
            run.close();
            broker.close();
        }
    }
}
