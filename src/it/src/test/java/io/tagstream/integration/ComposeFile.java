package io.tagstream.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docker-compose.yml} starts unless a variable says otherwise. */
final class ComposeFile {
    private static final Pattern KAFKA_VERSION = Pattern.compile("\\$\\{KAFKA_VERSION:-([^}]+)}");

    private ComposeFile() {}

    static String kafkaVersion() {
        try {
            Matcher version = KAFKA_VERSION.matcher(Files.readString(Path.of("docker-compose.yml")));
            if (!version.find()) {
                throw new IllegalStateException("docker-compose.yml has no default for KAFKA_VERSION");
            }
            return version.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
