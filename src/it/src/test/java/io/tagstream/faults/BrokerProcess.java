package io.tagstream.faults;

import io.tagstream.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker as a process of its own that can be killed and started again over its logs. The test reaches it directly; each
 * instance of the application by a {@link Link} of its own, to a listener that gives out the link's address as the broker's.
 */
final class BrokerProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String HOST = "127.0.0.1";

    private final Path directory;
    private final List<Integer> ports;
    private final List<Link> links = new ArrayList<>();
    private @Nullable Process process;

    /** A broker that is not started yet. */
    BrokerProcess(Path directory, int links) throws IOException {
        this.directory = directory;
        this.ports = freePorts(2 + links);
        for (int link = 0; link < links; link++) {
            this.links.add(Link.to(ports.get(2 + link)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Where the test finds it. */
    String direct() {
        return HOST + ":" + ports.get(0);
    }

    /** The network of each instance. */
    List<Link> links() {
        return links;
    }

    /** Starts it, over what it had; it answers when this returns. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JavaProcesses.java(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                BrokerProcess.class.getName(),
                directory.resolve("broker").toString()));
        ports.forEach(port -> command.add(port.toString()));
        links.forEach(link -> command.add(Integer.toString(link.port())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .directory(new File("."));
        builder.environment().put("CLASSPATH", JavaProcesses.brokerClassPath());
        Process started = builder.start();
        process = started;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        if (!READY.equals(out.readLine())) {
            throw new IllegalStateException("the broker did not start: " + Files.readString(log()));
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Path log() {
        return directory.resolve("broker.log");
    }

    /** As a power cut: SIGKILL. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /** SIGTERM. */
    void terminate() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /** Waits for its end. */
    void awaitExit() {
        Process running = process;
        if (running != null) {
            running.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        links.forEach(Link::close);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, loopback);
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** The process: directory, port, controller's port, the listeners' ports, the links' ports. Ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        int links = (arguments.length - 3) / 2;
        int port = Integer.parseInt(arguments[1]);
        int controllerPort = Integer.parseInt(arguments[2]);
        StringBuilder listeners = new StringBuilder("PLAINTEXT://" + HOST + ":" + port);
        StringBuilder advertised = new StringBuilder(listeners);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        listeners.append(",CONTROLLER://" + HOST + ":").append(controllerPort);
        for (int link = 0; link < links; link++) {
            String name = ",LINK" + link;
            listeners.append(name + "://" + HOST + ":").append(arguments[3 + link]);
            advertised.append(name + "://" + HOST + ":").append(arguments[3 + links + link]);
            protocols.append(name + ":PLAINTEXT");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        EmbeddedBroker broker = EmbeddedBroker.startAt(
                directory,
                port,
                controllerPort,
                Map.of(
                        "listeners",
                        listeners.toString(),
                        "advertised.listeners",
                        advertised.toString(),
                        "listener.security.protocol.map",
                        protocols.toString(),
                        // As the instances have it under the group protocol classic.
                        "group.streams.min.session.timeout.ms",
                        Trial.SESSION_MS,
                        "group.streams.session.timeout.ms",
                        Trial.SESSION_MS,
                        // After a kill it can register once its own old session is over, and the machine may be busy.
                        "initial.broker.registration.timeout.ms",
                        "180000"));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println(READY);
        System.out.flush();
        try {
            while (System.in.read() >= 0) {
                // Nobody sends anything: this waits for the end of the test's process.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(1);
    }
}
