package io.tagstream.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the first Ctrl-C, SIGTERM or closed terminal into an orderly end: from then on it says true, and whoever works asks it. A shutdown
 * hook would not do: it cannot choose the exit code unless it halts, and then what libraries left in the temporary directory stays. A second
 * signal ends the process at once, and so does any after this is closed. Where the JVM has no {@code sun.misc.Signal}, the first does.
 */
public final class StopSignal implements BooleanSupplier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Deque<Runnable> restore = new ArrayDeque<>();
    private volatile boolean stop;

    /** From now on until it is closed. */
    public StopSignal() {
        NAMES.forEach(this::handle);
    }

    private synchronized void handle(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            InvocationHandler received = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> received();
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> name;
            };
            Object handler =
                    Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handlerType}, received);
            var handle = signalType.getMethod("handle", signalType, handlerType);
            Object previous = handle.invoke(null, signal, handler);
            restore.push(() -> {
                try {
                    handle.invoke(null, signal, previous);
                } catch (ReflectiveOperationException e) {
                    LOG.debug("the handler of SIG{} is not restored: {}", name, e.toString());
                }
            });
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("SIG{} ends the process at once: {}", name, e.toString());
        }
    }

    /** As if a signal had come. */
    synchronized boolean received() {
        stop = true;
        close();
        return true;
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
