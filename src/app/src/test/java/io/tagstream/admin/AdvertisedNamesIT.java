package io.tagstream.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.identity.Topics;
import io.tagstream.settings.StreamSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that answers under the address that is set, and sends its clients on to another. */
class AdvertisedNamesIT {
    @TempDir
    private Path directory;

    @Test
    void shouldNameTheHostThatCannotBeResolvedOrReached() throws IOException {
        int port = freePort();
        int closed = freePort();
        for (String name : new String[] {"kafka.internal.invalid:" + port, "127.0.0.1:" + closed}) {
            try (EmbeddedBroker broker = EmbeddedBroker.startAt(
                    directory, port, freePort(), Map.of("advertised.listeners", "PLAINTEXT://" + name))) {
                StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                        .startTimeout(Duration.ofSeconds(2))
                        .build();
                assertThatThrownBy(() -> new Topics(settings).create())
                        .isInstanceOf(StreamFailedException.class)
                        .hasMessageContainingAll(
                                "127.0.0.1:" + port + " answers",
                                name + " (its advertised.listeners)",
                                name.contains("invalid") ? "cannot be resolved" : "cannot be reached")
                        .hasMessageNotContaining("no Kafka broker answered");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
