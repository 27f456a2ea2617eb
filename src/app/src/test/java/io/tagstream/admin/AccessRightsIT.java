package io.tagstream.admin;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.topology.TaggingParts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user that is no superuser, on a broker that checks ACLs. */
@Timeout(120)
class AccessRightsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    private static Path logs;

    private static EmbeddedBroker broker;
    private static String secured;
    private static Admin admin;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    private final String name = "rights-" + TESTS.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        int[] ports = freePorts();
        secured = "127.0.0.1:" + ports[2];
        broker = EmbeddedBroker.startAt(
                logs,
                ports[0],
                ports[1],
                Map.of(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:" + ports[0] + ",SASL_PLAINTEXT://" + secured
                                + ",CONTROLLER://127.0.0.1:" + ports[1],
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:" + ports[0] + ",SASL_PLAINTEXT://" + secured,
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                        MODULE + "user_app=\"app-secret\";",
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void stop() {
        model.close();
        admin.close();
        broker.close();
    }

    @Test
    void shouldNameEachAclThatIsMissingOnTheTopics() throws Exception {
        createTopics();
        allow(ResourceType.TOPIC, name + "-in", PatternType.LITERAL, AclOperation.READ);
        allow(ResourceType.TOPIC, name + "-out", PatternType.LITERAL, AclOperation.WRITE);
        assertThatThrownBy(this::run)
                .isInstanceOf(StreamFailedException.class)
                .hasMessageContainingAll(
                        "DESCRIBE_CONFIGS on topic " + name + "-in, " + name + "-out",
                        "DESCRIBE, DESCRIBE_CONFIGS, WRITE on topic " + name + "-dlq",
                        "DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE on topic " + name + "-hidden-states-changelog, " + name
                                + "-identity, " + name + "-positions-changelog");
    }

    @Test
    void shouldNameTheAclToCreateATopic() throws Exception {
        for (String topic :
                List.of("-in", "-out", "-dlq", "-hidden-states-changelog", "-positions-changelog", "-identity")) {
            allow(
                    ResourceType.TOPIC,
                    name + topic,
                    PatternType.LITERAL,
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.DESCRIBE_CONFIGS);
        }
        assertThatThrownBy(this::run)
                .isInstanceOf(StreamFailedException.class)
                .hasMessageContaining("grant CREATE on topic " + name + "-in");
    }

    @Test
    void shouldNameTheAclsOfTheGroupAndOfTransactionsAndRunWithAllThatTheyName() throws Exception {
        createTopics();
        allow(ResourceType.TOPIC, name + "-in", PatternType.LITERAL, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        for (String topic : List.of("-out", "-dlq")) {
            allow(
                    ResourceType.TOPIC,
                    name + topic,
                    PatternType.LITERAL,
                    AclOperation.WRITE,
                    AclOperation.DESCRIBE_CONFIGS);
        }
        for (String topic : List.of("-hidden-states-changelog", "-positions-changelog", "-identity")) {
            allow(
                    ResourceType.TOPIC,
                    name + topic,
                    PatternType.LITERAL,
                    AclOperation.READ,
                    AclOperation.WRITE,
                    AclOperation.CREATE,
                    AclOperation.DESCRIBE_CONFIGS);
        }
        assertAsksFor("READ on group " + name);
        allow(ResourceType.GROUP, name, PatternType.LITERAL, AclOperation.READ);
        assertAsksFor("DESCRIBE, WRITE on transactional ids with the prefix " + name);
        allow(ResourceType.TRANSACTIONAL_ID, name, PatternType.PREFIXED, AclOperation.WRITE);
        KafkaRecords.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(name + "-in", key("a"), tokens("1", "I", "eat", "apple"))));
        try (StreamsRunner runner = run()) {
            await().atMost(PATIENCE)
                    .until(() -> KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-out")
                                    .size()
                            == 1);
            assertThat(runner.isRunning()).isTrue();
        }
    }

    private void assertAsksFor(String grant) {
        assertThatThrownBy(this::run).isInstanceOf(StreamFailedException.class).hasMessageContaining("grant " + grant);
    }

    private StreamsRunner run() {
        StreamSettings settings = settings(secured);
        return StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks));
    }

    private void createTopics() {
        List<String> created = new Topics(settings(broker.bootstrapServers())).create();
        assertThat(created).hasSize(4);
    }

    private static void allow(ResourceType type, String resource, PatternType pattern, AclOperation... operations)
            throws Exception {
        admin.createAcls(Arrays.stream(operations)
                        .map(operation -> new AclBinding(
                                new ResourcePattern(type, resource, pattern),
                                new AccessControlEntry("User:app", "*", operation, AclPermissionType.ALLOW)))
                        .toList())
                .all()
                .get();
    }

    private StreamSettings settings(String servers) {
        StreamSettings.Builder settings = StreamSettings.builder(servers)
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 1, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .shutdownTimeout(Duration.ofSeconds(10));
        if (servers.equals(secured)) {
            settings.kafkaProperties(Map.of(
                    "security.protocol",
                    "SASL_PLAINTEXT",
                    "sasl.mechanism",
                    "PLAIN",
                    "sasl.jaas.config",
                    MODULE + "username=\"app\" password=\"app-secret\";"));
        }
        return settings.build();
    }

    private static int[] freePorts() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback);
                ServerSocket third = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort(), third.getLocalPort()};
        }
    }
}
