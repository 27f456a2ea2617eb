package io.tagstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvn package} assembled: serving must not carry the natives of training, nor the broker. */
class DistributionIT {
    private static final Path HOME = Path.of("target", "tagstream");
    private static final long LARGEST_LIB = 200L << 20;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    @Test
    void shouldKeepTrainingAndBrokerOutOfTheServingFolder() throws IOException {
        assertThat(jars("lib"))
                .anyMatch(jar -> jar.startsWith("tagstream-app-"))
                .noneMatch(jar -> jar.matches("tagstream-(train|export|bench|broker|testkit)-.*"))
                .anyMatch(jar -> jar.startsWith("onnxruntime-"))
                .noneMatch(jar -> jar.startsWith("pytorch") || jar.startsWith("javacpp") || jar.startsWith("openblas"))
                .noneMatch(
                        jar -> jar.startsWith("kafka_") || jar.startsWith("kafka-server") || jar.startsWith("scala-"));
        assertThat(jars("lib-train"))
                .anyMatch(jar -> jar.startsWith("pytorch-"))
                .anyMatch(jar -> jar.startsWith("tagstream-train-"));
        assertThat(jars("lib-demo"))
                .anyMatch(jar -> jar.startsWith("kafka_2.13-"))
                .anyMatch(jar -> jar.startsWith("tagstream-broker-"));
        assertThat(jars("lib-bench"))
                .allMatch(jar -> jar.startsWith("opennlp-models-pos-en-")
                        || jar.startsWith("xchart-")
                        || jar.startsWith("VectorGraphics2D-")
                        || jar.startsWith("tagstream-bench-")
                        || jar.startsWith("tagstream-train-"))
                .hasSize(5);
    }

    @Test
    void shouldHoldNoLibraryInTwoFolders() throws IOException {
        List<String> serving = jars("lib");
        assertThat(jars("lib-train")).doesNotContainAnyElementsOf(serving);
        assertThat(jars("lib-demo")).doesNotContainAnyElementsOf(serving);
        assertThat(jars("lib-bench")).doesNotContainAnyElementsOf(serving);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-x86_64", "linux-aarch64"})
    void shouldHaveTheNativeLibrariesOfServingForEveryPlatformOfTheImage(String platform) throws IOException {
        for (String library : List.of(
                "libonnxruntime.so",
                "libonnxruntime4j_jni.so",
                "librocksdbjni-linux",
                "libzstd-jni-",
                "libsnappyjava.so",
                "liblz4-java.so")) {
            Path file;
            try (Stream<Path> files = Files.list(Path.of("target", "native", platform))) {
                file = files.filter(path -> path.getFileName().toString().startsWith(library))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(library + " is missing"));
            }
            assertThat(machine(file)).as(file.toString()).isEqualTo(platform.endsWith("x86_64") ? X86_64 : AARCH64);
        }
    }

    @Test
    void shouldKeepTheServingFolderSmall() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(LARGEST_LIB);
    }

    /** What the header of an ELF file says it is for. */
    private static int machine(Path library) throws IOException {
        try (FileChannel channel = FileChannel.open(library)) {
            ByteBuffer header = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(channel.read(header)).isEqualTo(20);
            return header.getShort(18);
        }
    }

    private static List<String> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
