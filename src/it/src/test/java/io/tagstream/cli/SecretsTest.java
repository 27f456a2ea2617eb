package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.tagstream.fixture.Console;
import io.tagstream.fixture.Logs;
import io.tagstream.settings.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords go into no log, at no level, and into no message, right or wrong as they may be. */
class SecretsTest {
    private static final String SECRET = "h0rse-battery";
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" ";

    @TempDir
    private Path directory;

    /** What is given, and whether it is refused at once. */
    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of(
                        "right, but no broker",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", JAAS + "password=\"" + SECRET + "\";")),
                Arguments.of(
                        "right with prefixes, but no broker",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "admin.sasl.jaas.config", JAAS + "password=\"" + SECRET + "\";",
                                "producer.sasl.jaas.config", JAAS + "password=\"" + SECRET + "\";",
                                "sasl.jaas.config", JAAS + "password=\"" + SECRET + "\";")),
                Arguments.of(
                        "JAAS without its end",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", JAAS + "password=\"" + SECRET + "\"")),
                Arguments.of(
                        "JAAS without a value",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", JAAS + SECRET + ";")),
                Arguments.of(
                        "JAAS that is the password alone",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", SECRET)),
                Arguments.of(
                        "JAAS of an unknown module",
                        Map.of(
                                "security.protocol", "SASL_PLAINTEXT",
                                "sasl.mechanism", "PLAIN",
                                "sasl.jaas.config", "no.such.Module required password=\"" + SECRET + "\";")),
                Arguments.of(
                        "a key store that is not there",
                        Map.of(
                                "security.protocol",
                                "SSL",
                                "ssl.keystore.location",
                                "/no/such/store.p12",
                                "ssl.keystore.password",
                                SECRET,
                                "ssl.key.password",
                                SECRET)),
                Arguments.of(
                        "a trust store of an unknown type",
                        Map.of(
                                "security.protocol", "SSL",
                                "ssl.truststore.type", "NONE",
                                "ssl.truststore.location", "/no/such/store.p12",
                                "ssl.truststore.password", SECRET)),
                Arguments.of(
                        "a key that is none",
                        Map.of(
                                "security.protocol",
                                "SSL",
                                "ssl.keystore.type",
                                "PEM",
                                "ssl.keystore.certificate.chain",
                                SECRET,
                                "ssl.keystore.key",
                                SECRET)),
                Arguments.of(
                        "an unknown protocol",
                        Map.of(
                                "security.protocol",
                                "TLS",
                                "ssl.keystore.password",
                                SECRET,
                                "ssl.key.password",
                                SECRET)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void shouldNotTellASecretOfTheConfiguration(String name, Map<String, String> properties) throws IOException {
        List<String> lines = new ArrayList<>(List.of("bootstrap-servers=127.0.0.1:1", "start-timeout=1s"));
        properties.forEach((property, value) -> lines.add("kafka." + property + "=" + value.replace("\\", "\\\\")));
        Path file = Files.write(directory.resolve("tagstream.properties"), lines);

        check("topics", "--config", file.toString(), "--stacktrace");
        check("run", "--config", file.toString(), "--state-dir", directory.toString(), "--stacktrace");
    }

    @Test
    void shouldNotTellASecretThatIsGivenInTheWrongPlace() throws IOException {
        Path file = Files.writeString(
                directory.resolve("tagstream.properties"),
                "bootstrap-servers=127.0.0.1:1\nssl.keystore.password=" + SECRET + "\n");

        check("topics", "--config", file.toString());
        check("topics", "--bootstrap-servers", "127.0.0.1:1", "--start-timeout", "1s", "--kafka", SECRET);
        check("topics", "--bootstrap-servers", "127.0.0.1:1", "--start-timeout", "1s", "--kafka=" + SECRET);
    }

    @Test
    void shouldNotTellASecretOfTheSettings() {
        StreamSettings settings = StreamSettings.builder("localhost:9092")
                .kafkaProperties(Map.of("ssl.keystore.password", SECRET))
                .build();

        assertThat(settings.toString())
                .contains("localhost:9092", "ssl.keystore.password")
                .doesNotContain(SECRET);
    }

    private static void check(String... arguments) {
        try (Logs logs = Logs.capture(Level.TRACE)) {
            Console console = Console.capture(() -> Main.run(arguments));

            assertThat(console.exitCode()).isNotZero();
            assertThat(console.err()).contains("tagstream: ").doesNotContain(SECRET);
            assertThat(console.out()).doesNotContain(SECRET);
            assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }
}
