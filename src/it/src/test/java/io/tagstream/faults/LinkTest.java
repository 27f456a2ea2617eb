package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.faults.Trap.Fate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network of the suite, against a server that sends every request back. */
@Timeout(60)
class LinkTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MOMENT_MILLIS = 200;
    private static final short END_TXN = 26;
    private static final short FETCH = 1;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private ServerSocket server = start();
    private Link link = open(server);

    private static ServerSocket start() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Link open(ServerSocket server) {
        try {
            return Link.to(server.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serve() {
        Thread echo = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread serving = new Thread(() -> echo(client));
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        echo.setDaemon(true);
        echo.start();
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The test has closed it.
        }
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void shouldForwardWhateverComes() throws Exception {
        try (Socket client = connect()) {
            assertThat(call(client, request(FETCH, "app-consumer"))).isEqualTo(request(FETCH, "app-consumer"));
        }
    }

    @Test
    void shouldBreakWhatIsCutAndHeal() throws Exception {
        try (Socket client = connect()) {
            assertThat(call(client, request(FETCH, "a"))).isNotEmpty();
            link.cut();
            assertThatThrownBy(() -> call(client, request(FETCH, "a"))).isInstanceOf(IOException.class);
        }
        link.heal();
        try (Socket client = connect()) {
            assertThat(call(client, request(FETCH, "a"))).isNotEmpty();
        }
    }

    @Test
    void shouldDeliverLateWhatIsStalled() throws Exception {
        try (Socket client = connect()) {
            link.stall();
            client.setSoTimeout(MOMENT_MILLIS);
            assertThatThrownBy(() -> call(client, request(FETCH, "a"))).isInstanceOf(SocketTimeoutException.class);
            link.heal();
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(answer(client)).isEqualTo(request(FETCH, "a"));
        }
    }

    @Test
    void shouldStrikeOnceAtTheRightRequest() throws Exception {
        AtomicInteger strikes = new AtomicInteger();
        Trap trap = link.set(Trap.random(new Random(1), 1, Fate.LOST, strikes::incrementAndGet, Moment.COMMITTING));
        try (Socket client = connect()) {
            assertThat(call(client, request(FETCH, "app-producer"))).isNotEmpty();
            assertThat(call(client, request(END_TXN, "app-consumer"))).isNotEmpty();
            assertThat(strikes).hasValue(0);
            assertThatThrownBy(() -> call(client, request(END_TXN, "app-producer")))
                    .as("the request is lost with its connection")
                    .isInstanceOf(IOException.class);
        }
        trap.struck().get(1, TimeUnit.MINUTES);
        try (Socket client = connect()) {
            assertThat(call(client, request(END_TXN, "app-producer"))).isNotEmpty();
        }
        assertThat(strikes).hasValue(1);
    }

    @Test
    void shouldTellARestoreFromWork() {
        assertThat(Moment.FETCHING.is(request(FETCH, "app-StreamThread-1-consumer")))
                .isTrue();
        assertThat(Moment.FETCHING.is(request(FETCH, "app-StreamThread-1-restore-consumer")))
                .isFalse();
        assertThat(Moment.RESTORING.is(request(FETCH, "app-StreamThread-1-restore-consumer")))
                .isTrue();
    }

    @Test
    void shouldHoldARequestUntilItIsReleased() throws Exception {
        AtomicInteger strikes = new AtomicInteger();
        Trap trap = link.set(Trap.random(new Random(1), 1, Fate.HELD, strikes::incrementAndGet, Moment.COMMITTING));
        try (Socket client = connect()) {
            client.setSoTimeout(MOMENT_MILLIS);
            byte[] request = request(END_TXN, "app-producer");
            assertThatThrownBy(() -> call(client, request)).isInstanceOf(SocketTimeoutException.class);
            trap.struck().get(1, TimeUnit.MINUTES);
            assertThat(strikes).hasValue(1);
            trap.release();
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(answer(client)).isEqualTo(request);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(loopback, link.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static byte[] request(short apiKey, String client) {
        byte[] name = client.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(10 + name.length)
                .putShort(apiKey)
                .putShort((short) 1)
                .putInt(7)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    private static byte[] call(Socket client, byte[] request) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(request.length);
        out.write(request);
        out.flush();
        return answer(client);
    }

    private static byte[] answer(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return answer;
    }
}
