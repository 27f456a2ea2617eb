package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml} as Compose reads it, 1.29 or 2, whichever is there. */
class ComposeIT {
    @Test
    void shouldStartTheBrokerThatTheFaultSuiteRuns() throws Exception {
        // The broker of the fault suite is the newest without KAFKA-20734.
        assertThat(Path.of("target", "faults-broker", "kafka_2.13-" + ComposeFile.kafkaVersion() + ".jar"))
                .exists();
        assertThat(config(Map.of())).contains("image: apache/kafka:" + ComposeFile.kafkaVersion());
    }

    @Test
    void shouldTakePortsVersionsAndImagesFromVariables() throws Exception {
        String config = config(Map.of(
                "KAFKA_PORT", "19479",
                "KAFKA_VERSION", "4.1.2",
                "BUILD_IMAGE", "some/maven:17",
                "RUNTIME_IMAGE", "some/jre:17",
                "DISTRIBUTION", "target"));
        assertThat(config)
                .contains("HOST://localhost:19479", "19479", "image: apache/kafka:4.1.2")
                .contains("BUILD_IMAGE: some/maven:17", "RUNTIME_IMAGE: some/jre:17", "DISTRIBUTION: target")
                .doesNotContain("localhost:9092");
    }

    private static String config(Map<String, String> variables) throws Exception {
        for (List<String> compose : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            if (run(compose, List.of("version"), variables).code() == 0) {
                Result config = run(compose, List.of("config"), variables);
                assertThat(config.code()).as(config.output()).isZero();
                return config.output();
            }
        }
        assumeTrue(
                false, "neither 'docker compose' nor 'docker-compose' is installed: the compose file is not checked");
        throw new AssertionError();
    }

    private static Result run(List<String> compose, List<String> arguments, Map<String, String> variables)
            throws InterruptedException {
        List<String> command = new ArrayList<>(compose);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("KAFKA_PORT", "KAFKA_VERSION", "BUILD_IMAGE", "RUNTIME_IMAGE", "DISTRIBUTION"));
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(-1, e.toString());
        }
    }

    private record Result(int code, String output) {}
}
