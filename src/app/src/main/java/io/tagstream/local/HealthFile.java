package io.tagstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says how the application is: it holds the name of its state, is written again whenever that changes and every
 * {@link #PERIOD} while the process lives, and is gone when it is stopped. So a check from outside asks whether it is young and
 * says {@code RUNNING}. For any thread.
 */
public final class HealthFile implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);

    private final Path file;
    private final Supplier<String> state;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-health");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    public HealthFile(Path file, Supplier<String> state) {
        this.file = file;
        this.state = state;
    }

    /**
     * Writes the file and goes on doing so.
     *
     * @throws InvalidSettingException if it cannot be written
     */
    public void start() {
        try {
            write();
        } catch (IOException e) {
            throw new InvalidSettingException("the health file " + file + " cannot be written: " + e.getMessage());
        }
        ScheduledFuture<?> unused =
                timer.scheduleAtFixedRate(this::update, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The application's state may be another now. */
    public void update() {
        try {
            write();
        } catch (IOException e) {
            LOG.warn("the health file {} cannot be written: {}", file, e.toString());
        }
    }

    private synchronized void write() throws IOException {
        if (!closed) {
            Files.write(file, (state.get() + "\n").getBytes(UTF_8));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the health file {} cannot be removed: {}", file, e.toString());
        }
    }
}
