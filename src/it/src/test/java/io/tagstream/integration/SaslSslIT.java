package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Launcher;
import io.tagstream.fixture.TlsKeys;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** The application against brokers that want TLS and a password, the embedded one and the image that users run. */
@Timeout(400)
class SaslSslIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String USER = "tagstream";
    private static final String PASSWORD = "correct-h0rse";
    private static final String STORE_PASSWORD = "battery-st4ple";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    private Path directory;

    private int[] ports = new int[0];
    private TlsKeys keys = new TlsKeys(Path.of(""), Path.of(""), "");

    @BeforeEach
    void prepare() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback);
                ServerSocket third = new ServerSocket(0, 1, loopback)) {
            ports = new int[] {first.getLocalPort(), second.getLocalPort(), third.getLocalPort()};
        }
        keys = TlsKeys.create(directory, STORE_PASSWORD);
    }

    @Test
    void shouldTagOnTheEmbeddedBroker() throws Exception {
        Map<String, String> properties = new HashMap<>(listener(keys.keystore()));
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports[0] + ",SASL_SSL://127.0.0.1:" + ports[1] + ",CONTROLLER://127.0.0.1:"
                        + ports[2]);
        properties.put(
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports[0] + ",SASL_SSL://127.0.0.1:" + ports[1]);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
        try (EmbeddedBroker broker =
                EmbeddedBroker.startAt(directory.resolve("broker"), ports[0], ports[2], properties)) {
            assertThat(broker.bootstrapServers()).endsWith(":" + ports[0]);
            shouldTag("127.0.0.1:" + ports[1]);
        }
    }

    @Test
    void shouldTagOnTheBrokerImage() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker here");
        Properties properties = new Properties();
        properties.putAll(listener(Path.of("/etc/kafka/secrets/broker.p12")));
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@localhost:29093");
        properties.put("listeners", "SASL_SSL://:9092,INSIDE://localhost:19092,CONTROLLER://localhost:29093");
        properties.put("advertised.listeners", "SASL_SSL://localhost:" + ports[0] + ",INSIDE://localhost:19092");
        properties.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "INSIDE");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", "/tmp/kraft-combined-logs");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        StringWriter file = new StringWriter();
        properties.store(file, null);
        Path config = Files.writeString(directory.resolve("server.properties"), file.toString());
        try (GenericContainer<?> kafka = new GenericContainer<>(BrokerImage.name())) {
            kafka.withCopyFileToContainer(
                            MountableFile.forHostPath(config, 0644), "/mnt/shared/config/server.properties")
                    .withCopyFileToContainer(
                            MountableFile.forHostPath(keys.keystore(), 0644), "/etc/kafka/secrets/broker.p12")
                    .waitingFor(
                            Wait.forLogMessage(".*Kafka Server started.*", 1).withStartupTimeout(PATIENCE));
            // Clients come back to the address that the broker advertises, so it must be known before it starts.
            kafka.setPortBindings(List.of("127.0.0.1:" + ports[0] + ":9092"));
            kafka.start();
            shouldTag("localhost:" + ports[0]);
        }
    }

    /** The listener's part of the broker's properties. */
    private Map<String, String> listener(Path keystore) {
        String listener = "listener.name.sasl_ssl.";
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                listener + "plain.sasl.jaas.config",
                MODULE + "user_" + USER + "=\"" + PASSWORD + "\";",
                listener + "ssl.keystore.location",
                keystore.toString(),
                listener + "ssl.keystore.type",
                "PKCS12",
                listener + "ssl.keystore.password",
                STORE_PASSWORD,
                listener + "ssl.key.password",
                STORE_PASSWORD);
    }

    private Map<String, Object> client(String bootstrapServers, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                MODULE + "username=\"" + USER + "\" password=\"" + password + "\";",
                "ssl.truststore.location",
                keys.truststore().toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                STORE_PASSWORD);
    }

    private void shouldTag(String bootstrapServers) throws Exception {
        Map<String, Object> client = client(bootstrapServers, PASSWORD);
        try (Launcher run = run("right", client, "DEBUG")) {
            await().atMost(PATIENCE)
                    .until(() -> !run.isAlive() || KafkaRecords.topics(client).contains("sentences-dlq"));
            assertThat(run.isAlive()).as(run.err()).isTrue();
            KafkaRecords.send(
                    client,
                    List.of(new ProducerRecord<>("sentences", "chat".getBytes(UTF_8), "I eat apple.".getBytes(UTF_8))));
            await().atMost(PATIENCE)
                    .until(() -> !run.isAlive()
                            || KafkaRecords.readCommitted(client, "tagged-tokens")
                                            .size()
                                    == 1);
            run.terminate();
            assertThat(run.await(PATIENCE.toSeconds())).as(run.err()).isZero();
            assertThat(run.err()).contains("StreamsConfig values").doesNotContain(PASSWORD, STORE_PASSWORD);
        }
        assertThat(KafkaRecords.readCommitted(client, "tagged-tokens")).hasSize(1);

        String wrong = "wr0ng-horse";
        try (Launcher run = run("wrong", client(bootstrapServers, wrong), "WARN")) {
            assertThat(run.await(PATIENCE.toSeconds())).isEqualTo(1);
            assertThat(run.err().lines().toList())
                    .last()
                    .asString()
                    .contains("refused", "Authentication failed")
                    .doesNotContain(wrong);
            assertThat(run.err()).doesNotContain(wrong, STORE_PASSWORD);
        }
    }

    private Launcher run(String name, Map<String, Object> client, String libraryLevel) throws Exception {
        Properties properties = new Properties();
        client.forEach((property, value) -> properties.put(
                property.equals("bootstrap.servers") ? "bootstrap-servers" : "kafka." + property, value));
        properties.put("input-format", "text");
        properties.put("state-dir", directory.resolve(name).toString());
        StringWriter file = new StringWriter();
        properties.store(file, null);
        Path config = Files.writeString(directory.resolve(name + ".properties"), file.toString());
        return Launcher.start(
                directory,
                Map.of("TAGSTREAM_LIBRARY_LOG_LEVEL", libraryLevel),
                "",
                "run",
                "--config",
                config.toString());
    }
}
