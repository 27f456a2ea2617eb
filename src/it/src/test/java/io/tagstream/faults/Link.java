package io.tagstream.faults;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The network between one instance of the application and the broker: a TCP proxy on the loopback interface that forwards whole
 * requests and whatever comes back, and that can be {@link #cut}, {@link #stall}ed and {@link #slow}ed until it is {@link #heal}ed.
 * A {@link Trap} set on it sees every request before the broker does. For any thread.
 */
final class Link implements AutoCloseable {
    private static final int CHUNK = 8 << 10;
    private static final int LARGEST_REQUEST = 64 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    /** Guards what follows; notified when it changes. */
    private final Object condition = new Object();

    private boolean cut;
    private boolean stalled;
    private Duration delay = Duration.ZERO;

    private Link(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A link to a port of this machine. */
    static Link to(int target) throws IOException {
        Link link = new Link(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), target);
        start("link-" + target, link::accept);
        return link;
    }

    /** Where the link begins. */
    int port() {
        return server.getLocalPort();
    }

    /** The trap that looks at every request from now on, instead of the one before. */
    Trap set(Trap next) {
        trap.set(next);
        return next;
    }

    /** No trap looks any more, and what one held goes on. */
    void unset() {
        Trap last = trap.getAndSet(null);
        if (last != null) {
            last.release();
        }
    }

    /** How often somebody has knocked while the broker was not there. */
    int refused() {
        return refused.get();
    }

    /** Every connection breaks, and no new one comes about. */
    void cut() {
        synchronized (condition) {
            cut = true;
            condition.notifyAll();
        }
        disconnect();
    }

    /** Every connection breaks; new ones come about at once. */
    void disconnect() {
        sockets.forEach(Link::close);
    }

    /** Connections stay, nothing gets through. */
    void stall() {
        synchronized (condition) {
            stalled = true;
        }
    }

    /** Every request, and every few kilobytes of what comes back, take so much longer. */
    void slow(Duration longer) {
        synchronized (condition) {
            delay = longer;
        }
    }

    /** As new. What was stalled goes on its way. */
    void heal() {
        synchronized (condition) {
            cut = false;
            stalled = false;
            delay = Duration.ZERO;
            condition.notifyAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                start("link-" + target + "-up", () -> connect(client));
            } catch (IOException e) {
                // Closed, or the client was gone before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket broker = new Socket()) {
            sockets.add(broker);
            if (isCut()) {
                return;
            }
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            reach(broker);
            start("link-" + target + "-down", () -> answers(client, broker));
            requests(client, broker);
        } catch (IOException e) {
            // Either end broke it: the other learns by the close.
        } finally {
            sockets.remove(client);
        }
    }

    private void reach(Socket broker) throws IOException {
        try {
            broker.connect(new InetSocketAddress(server.getInetAddress(), target), (int) CONNECT_TIMEOUT.toMillis());
        } catch (IOException e) {
            refused.incrementAndGet();
            throw e;
        }
    }

    private void requests(Socket client, Socket broker) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(broker.getOutputStream());
        while (true) {
            int length = in.readInt();
            if (length < 0 || length > LARGEST_REQUEST) {
                throw new IOException("a request of " + length + " bytes");
            }
            byte[] request = in.readNBytes(length);
            Trap watching = trap.get();
            if (watching != null && !watching.lets(request)) {
                return;
            }
            pass();
            out.writeInt(length);
            out.write(request);
            out.flush();
        }
    }

    private void answers(Socket client, Socket broker) {
        byte[] chunk = new byte[CHUNK];
        try (client;
                broker) {
            InputStream in = broker.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                pass();
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // As above.
        } finally {
            sockets.remove(broker);
        }
    }

    /** Holds the caller as the state of the network has it. */
    private void pass() throws IOException {
        Duration longer;
        synchronized (condition) {
            while (stalled && !cut) {
                try {
                    condition.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
            if (cut) {
                throw new IOException("the link is cut");
            }
            longer = delay;
        }
        if (!longer.isZero()) {
            LockSupport.parkNanos(longer.toNanos());
        }
    }

    private boolean isCut() {
        synchronized (condition) {
            return cut;
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(server);
        cut();
    }
}
