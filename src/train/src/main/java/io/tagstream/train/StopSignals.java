package io.tagstream.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;

/**
 * Turns the first Ctrl-C or SIGTERM into an orderly end of what trains: from then on it says true. The Java shutdown that these
 * signals begin otherwise would tear libtorch and ONNX Runtime down under the thread that works in them, which crashes. A
 * second signal ends the process at once, and so does any signal after this is closed.
 */
public final class StopSignals implements BooleanSupplier, AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final Deque<Runnable> restore = new ArrayDeque<>();
    private volatile boolean stop;

    /** From now on until it is closed. */
    public StopSignals() {
        for (String name : NAMES) {
            Object previous = Signals.register(name, this::received);
            restore.push(() -> Signals.unregister(name, previous));
        }
    }

    private synchronized void received() {
        stop = true;
        close();
    }

    @Override
    public boolean getAsBoolean() {
        return stop;
    }

    @Override
    public synchronized void close() {
        while (!restore.isEmpty()) {
            restore.pop().run();
        }
    }
}
