package io.tagstream.faults;

import static org.awaitility.Awaitility.await;

import io.tagstream.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One instance of the application: {@code tagstream run} as a user starts it, a process of its own that signals reach. Its log is
 * kept over restarts. Belongs to a {@link Trial}, which stops it at last.
 */
final class Application implements AutoCloseable {
    /** Longer than anything takes on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final int KILLED = 137;
    private static final int REFUSED = 2;
    private static final int FAILED = 1;
    private static final String RUNNING = "RUNNING\n";
    private static final int LOG_TAIL = 8_000;

    private final String name;
    private final Process process;
    private final Path health;
    private final Path log;
    private final long logStart;

    private Application(String name, Process process, Path health, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.health = health;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts it.
     *
     * @param directory for its log and health file
     * @param name of these files
     * @param arguments of {@code run}
     * @param environment variables
     * @param prefix a command that runs it, or nothing
     */
    static Application start(
            Path directory, String name, List<String> arguments, Map<String, String> environment, List<String> prefix)
            throws IOException {
        Path health = directory.resolve(name + ".health");
        Files.deleteIfExists(health);
        Path log = directory.resolve(name + ".log");
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                JavaProcesses.java(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                Main.class.getName(),
                "run",
                "--health-file",
                health.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(new File("."));
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("CLASSPATH", JavaProcesses.productClassPath());
        variables.putIfAbsent("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().putAll(variables);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Application(name, process, health, log, logStart);
    }

    /** Waits until it has its partitions and their states. */
    void awaitRunning() {
        await(name + " is running")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    requireAlive();
                    return isRunning();
                });
    }

    /** Whether it has its partitions and their states. */
    boolean isRunning() {
        try {
            return Files.exists(health) && Files.readString(health).equals(RUNNING);
        } catch (IOException e) {
            // Gone in between.
            return false;
        }
    }

    /** Waits until its log, since this start, says something. */
    void awaitLog(String text) {
        await(name + " logs '" + text + "'")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    boolean said = log().contains(text);
                    if (!said) {
                        requireAlive();
                    }
                    return said;
                });
    }

    /** One of the counts of {@code tagstream-metrics}, over all its tasks, as JMX has it. */
    long count(String metric) {
        return JmxCounts.of(process.pid(), metric);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException with the end of its log, if it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ": " + logTail());
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP: it stands still, as a virtual machine does that is moved. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; the exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " does not end: " + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Waits for its end by SIGKILL; any other end is an error. */
    void awaitKilled() {
        awaitExit(KILLED);
    }

    /** Waits for an end as it was asked for; any other end is an error. */
    void awaitStopped() {
        awaitExit(0);
    }

    /** Waits for its end as something that cannot run so, with a sentence that holds this. */
    void awaitRefusal(String sentence) {
        awaitExit(REFUSED, sentence);
    }

    /** Waits for its end by itself, with a sentence that holds this. */
    void awaitFailure(String sentence) {
        awaitExit(FAILED, sentence);
    }

    private void awaitExit(int expected, String sentence) {
        awaitExit(expected);
        if (!log().contains(sentence)) {
            throw new IllegalStateException(name + " did not say '" + sentence + "': " + logTail());
        }
    }

    private void awaitExit(int expected) {
        int code = awaitExit();
        if (code != expected) {
            throw new IllegalStateException(name + " ended with " + code + ", not " + expected + ": " + logTail());
        }
    }

    /** What it said since this start. */
    String log() {
        try {
            byte[] bytes = Files.readAllBytes(log);
            return new String(bytes, (int) logStart, (int) (bytes.length - logStart), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logTail() {
        String said = log();
        return said.substring(Math.max(0, said.length() - LOG_TAIL));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }
}
