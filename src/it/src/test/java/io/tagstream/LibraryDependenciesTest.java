package io.tagstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the modules of the library bring into somebody else's application, as Maven resolves it: each build writes the runtime class path of these
 * modules into their folders.
 */
class LibraryDependenciesTest {
    private static final String CLASS_PATH = "target/runtime-class-path.txt";

    /** Artifacts of others that the library may bring. One more is a decision: write it here, and say why in the decisions. */
    private static final Set<String> ALLOWED = Set.of(
            "kafka-streams",
            "kafka-clients",
            "rocksdbjni",
            "zstd-jni",
            "lz4-java",
            "snappy-java", // Kafka Streams
            "avro",
            "commons-compress",
            "commons-codec",
            "commons-io",
            "commons-lang3", // Avro
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "onnxruntime",
            "opennlp-tools",
            "slf4j-api",
            "jspecify");

    /** What they must never bring, whatever is allowed above. */
    private static final List<String> HEAVY = List.of(
            "logback",
            "log4j",
            "slf4j-simple",
            "picocli",
            "models",
            "javalin",
            "jetty",
            "micrometer",
            "pytorch",
            "javacpp",
            "openblas",
            "tribuo",
            "protobuf",
            "xchart",
            "kafka_2",
            "kafka-server",
            "kafka-metadata",
            "scala",
            "corenlp",
            "progressbar",
            "tagstream-app",
            "tagstream-train",
            "tagstream-bench",
            "tagstream-broker",
            "tagstream-export",
            "tagstream-testkit");

    private static final Pattern VERSION = Pattern.compile("-\\d.*");
    private static final Pattern OUTPUT = Pattern.compile("System\\.(err|out)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"schemas", "src/core", "src/streams"})
    void shouldBringNothingHeavy(String module) throws IOException {
        Path file = Path.of(module, CLASS_PATH);
        assertThat(file).as("Maven writes it: mvn -q process-classes").exists();
        Set<String> brought = new TreeSet<>();
        for (String entry : Files.readString(file).strip().split(File.pathSeparator, -1)) {
            brought.add(artifact(Path.of(entry)));
        }

        assertThat(brought).isNotEmpty().noneMatch(name -> HEAVY.stream().anyMatch(name::contains));
        assertThat(brought.stream().filter(name -> !name.startsWith("tagstream-")))
                .isSubsetOf(ALLOWED);
    }

    /** A jar of the repository, or the classes of a module of this build. */
    private static String artifact(Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (name.endsWith(".jar")) {
            return VERSION.matcher(name.substring(0, name.length() - ".jar".length()))
                    .replaceFirst("");
        }
        Path module = entry;
        while (!Files.exists(module.resolve("pom.xml"))) {
            module = module.getParent();
        }
        return "tagstream-" + module.getFileName();
    }

    @Test
    void shouldNeedNoKafkaForTheCore() throws IOException {
        assertThat(Arrays.stream(
                        Files.readString(Path.of("src/core", CLASS_PATH)).split(File.pathSeparator, -1)))
                .noneMatch(entry -> entry.contains("kafka") || entry.contains("rocksdb"));
    }

    @Test
    void shouldWriteToNoStreamOfTheProcess() throws IOException {
        for (String module : List.of("schemas", "src/core", "src/streams")) {
            Path sources = Path.of(module, "src/main/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(sources)) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(OUTPUT));
            }
        }
    }
}
