package io.tagstream.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end of training: from then on it says true, and the process lives until it is
 * closed, so that the step is finished and the best so far is saved. Ending inside libtorch would crash.
 */
final class StopOnShutdown implements BooleanSupplier, AutoCloseable {
    private static final long LONGEST_WAIT_MINUTES = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-training");
    private volatile boolean stop;

    StopOnShutdown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void stopAndWait() {
        stop = true;
        try {
            boolean saved = closed.await(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES);
            if (!saved) {
                System.err.println("training did not end within " + LONGEST_WAIT_MINUTES + " minutes; it is cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return stop;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!stop) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The shutdown came just now; its hook finds the latch open.
                return;
            }
        }
    }
}
