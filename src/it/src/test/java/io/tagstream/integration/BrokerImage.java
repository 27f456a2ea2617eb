package io.tagstream.integration;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** The broker that the tests with containers start. */
final class BrokerImage {
    private static final String NAME = "apache/kafka:";
    /** As good for these tests, where the engine has nothing else and cannot pull. */
    private static final String OTHER = "4.3.1";

    private BrokerImage() {}

    /** That of {@code docker-compose.yml}; another one only where the engine has that one alone. */
    static String name() {
        return List.of(NAME + ComposeFile.kafkaVersion(), NAME + OTHER).stream()
                .filter(BrokerImage::isThere)
                .findFirst()
                .orElse(NAME + ComposeFile.kafkaVersion());
    }

    private static boolean isThere(String image) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
