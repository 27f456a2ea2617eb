package io.tagstream.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What it takes to start a Java process from a test. */
final class JavaProcesses {
    private static final Path BROKER = Path.of("target", "faults-broker");
    private static final String KAFKA = Path.of("org", "apache", "kafka").toString();

    private JavaProcesses() {}

    /** This Java. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of the tests. Goes into the environment: ONNX Runtime crashes while it searches a long command line. */
    static String testClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * The class path of the tests with Kafka of the version that the build copied for the broker: {@code kafka.faults.version} of the
     * POM.
     */
    static String brokerClassPath() throws IOException {
        try (Stream<Path> jars = Files.list(BROKER)) {
            return Stream.concat(
                            jars.sorted().map(jar -> jar.toAbsolutePath().toString()),
                            Arrays.stream(testClassPath().split(File.pathSeparator, -1))
                                    .filter(entry -> !entry.contains(KAFKA)))
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("no " + BROKER + "; mvn process-test-resources makes it", e);
        }
    }

    /** The class path of the tests without their own classes and resources: as a user has it. */
    static String productClassPath() {
        return Arrays.stream(testClassPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
