package io.tagstream.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Finds out why brokers do not answer a client though the first one did: each names itself as its {@code advertised.listeners} say, and
 * those names are what a client goes on with. Kafka's clients only log them, so it asks for them itself, by the protocol.
 */
final class AdvertisedNames {
    private static final String CLIENT = "tagstream-names";
    private static final int TIMEOUT_MS = 1000;
    private static final int MOST = 3;

    private AdvertisedNames() {}

    /**
     * A sentence about names that cannot be used from here; empty where no broker answers at all, or one can be reached by its name.
     *
     * @param properties those of an admin client
     */
    static Optional<String> problem(Map<String, Object> properties) {
        try {
            AdminClientConfig config = new AdminClientConfig(properties);
            for (InetSocketAddress bootstrap : ClientUtils.parseAndValidateAddresses(config).stream()
                    .limit(MOST)
                    .toList()) {
                Collection<Node> nodes = ask(config, bootstrap);
                if (!nodes.isEmpty()) {
                    return unusable(bootstrap, nodes.stream().limit(MOST).toList());
                }
            }
        } catch (KafkaException e) {
            // A client that cannot be made, or may not ask: its own failure is told already.
        }
        return Optional.empty();
    }

    private static Collection<Node> ask(AdminClientConfig config, InetSocketAddress bootstrap) {
        Node first = new Node(-1, bootstrap.getHostString(), bootstrap.getPort());
        try (Metrics metrics = new Metrics();
                NetworkClient client = ClientUtils.createNetworkClient(
                        config,
                        CLIENT,
                        metrics,
                        CLIENT,
                        new LogContext(),
                        new ApiVersions(),
                        Time.SYSTEM,
                        1,
                        TIMEOUT_MS,
                        null,
                        new ManualMetadataUpdater(),
                        InetAddress::getAllByName,
                        null,
                        null)) {
            if (!NetworkClientUtils.awaitReady(client, first, Time.SYSTEM, TIMEOUT_MS)) {
                return List.of();
            }
            ClientResponse response = NetworkClientUtils.sendAndReceive(
                    client,
                    client.newClientRequest(
                            first.idString(),
                            new MetadataRequest.Builder(List.of(), false),
                            Time.SYSTEM.milliseconds(),
                            true),
                    Time.SYSTEM);
            return response.responseBody() instanceof MetadataResponse metadata ? metadata.brokers() : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> unusable(InetSocketAddress bootstrap, List<Node> nodes) {
        String problem = "";
        for (Node node : nodes) {
            String found = problem(node);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            problem = problem.isEmpty() ? found : problem;
        }
        return Optional.of("the Kafka broker at " + bootstrap.getHostString() + ":" + bootstrap.getPort()
                + " answers, but clients are sent on to " + problem
                + ": correct advertised.listeners of the broker, or make that name known here");
    }

    private static String problem(Node node) {
        String name = node.host() + ":" + node.port() + " (its advertised.listeners)";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(node.host()), node.port()), TIMEOUT_MS);
            return "";
        } catch (UnknownHostException e) {
            return name + ", whose name cannot be resolved";
        } catch (IOException e) {
            return name + ", which cannot be reached (" + e.getMessage() + ")";
        }
    }
}
