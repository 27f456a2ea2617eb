package io.tagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.fixture.Logs;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are deleted, and that no others are. */
class LocalStatesTest {
    private static final List<String> OURS = List.of(
            ".lock",
            "kafka-streams-process-metadata",
            LocalFiles.MARK,
            "0_0/.lock",
            "0_0/.checkpoint",
            "0_0/.checkpoint.tmp",
            "0_0/rocksdb/hidden-states/CURRENT",
            "0_0/rocksdb/hidden-states/IDENTITY",
            "0_0/rocksdb/hidden-states/LOCK",
            "0_0/rocksdb/hidden-states/LOG",
            "0_0/rocksdb/hidden-states/LOG.old.1764241234567890",
            "0_0/rocksdb/hidden-states/MANIFEST-000005",
            "0_0/rocksdb/hidden-states/OPTIONS-000007",
            "0_0/rocksdb/hidden-states/OPTIONS-000007.dbtmp",
            "0_0/rocksdb/hidden-states/000004.log",
            "0_0/rocksdb/hidden-states/000012.sst",
            "0_12/rocksdb/another-store/000013.sst.trash");

    @TempDir
    private Path directory;

    private LocalStates states = states("app");

    @BeforeEach
    void prepare() throws IOException {
        states = states("app");
        states.prepare();
        create(OURS);
    }

    @Test
    void shouldDeleteWhatKafkaStreamsMade() throws IOException {
        assertThat(states.exist()).isTrue();

        states.delete();

        assertThat(states.exist()).isFalse();
        assertThat(states.directory()).doesNotExist();
        assertThat(states.directory().resolveSibling(StateFolder.MARKER)).exists();
        states.delete();
    }

    @Test
    void shouldLeaveTheFilesOfOthersAloneAndNameThemOnce() throws IOException {
        List<String> others = List.of(
                "notes.txt",
                "src/Main.java",
                "src/0_0/.checkpoint",
                "0_0/notes.txt",
                "0_0/rocksdb/000001.sst",
                "0_0/rocksdb/hidden-states/notes.txt",
                "0_0/rocksdb/hidden-states/deeper/000001.sst",
                "1_2_3/CURRENT",
                "0_1/data/CURRENT");
        create(others);
        try (Logs logs = Logs.capture()) {
            states.fit(Optional.of(Uuid.randomUuid()));

            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("left alone"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains(states.directory().toString());
        }
        assertThat(others)
                .allSatisfy(
                        other -> assertThat(states.directory().resolve(other)).hasContent(other));
        assertThat(OURS)
                .allSatisfy(ours -> assertThat(states.directory().resolve(ours)).doesNotExist());
    }

    @Test
    void shouldNotFollowLinks() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere").resolve("rocksdb"));
        Path target = Files.writeString(elsewhere.resolve("CURRENT"), "mine");
        Path store = states.directory().resolve("0_0/rocksdb/hidden-states");
        Files.createSymbolicLink(states.directory().resolve("0_7"), elsewhere.getParent());
        Files.createSymbolicLink(store.resolve("000099.sst"), target);
        Files.createSymbolicLink(states.directory().resolve("0_0/rocksdb/linked"), elsewhere);

        states.delete();

        assertThat(target).hasContent("mine");
        assertThat(states.directory().resolve("0_7")).isSymbolicLink();
        assertThat(store.resolve("000099.sst")).isSymbolicLink();
    }

    @Test
    void shouldRefuseALinkInPlaceOfItsDirectory() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createDirectories(elsewhere.resolve("0_0"));
        LocalStates linked = states("linked");
        Files.createSymbolicLink(linked.directory(), elsewhere);

        assertThatThrownBy(linked::prepare)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(linked.directory().toString(), "symbolic link");
        assertThatThrownBy(linked::delete).isInstanceOf(InvalidSettingException.class);
        assertThat(elsewhere.resolve("0_0")).exists();
    }

    @Test
    void shouldKeepTheCopiesOfTheChangelogThatIsThere() throws IOException {
        Uuid changelog = Uuid.randomUuid();
        states.mark(changelog);

        states.fit(Optional.of(changelog));

        assertThat(states.directory().resolve("0_0/rocksdb/hidden-states/000012.sst"))
                .exists();
        states.fit(Optional.empty());
        assertThat(states.exist()).isFalse();
    }

    @Test
    void shouldLeaveAnotherApplicationInTheSameStateDirectoryAlone() throws IOException {
        LocalStates other = states("other");
        other.prepare();
        Path file = other.directory().resolve("0_0/rocksdb/hidden-states/CURRENT");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "other");

        states.delete();

        assertThat(file).hasContent("other");
        other.delete();
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldDeleteNothingWhileAnInstanceUsesIt() throws IOException {
        try (FileChannel channel = FileChannel.open(states.directory().resolve(".lock"), StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(states::delete)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("another instance");
            assertThatThrownBy(states::requireUnused)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("--state-dir");
        }
        assertThat(OURS)
                .allSatisfy(ours -> assertThat(states.directory().resolve(ours)).exists());
    }

    @Test
    void shouldLeaveCopiesAtTheOldPlaceAloneAndNameThem() throws IOException {
        Path old = directory.resolve("state").resolve("app");
        Path file = old.resolve("0_0/rocksdb/hidden-states/CURRENT");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "old");
        try (Logs logs = Logs.capture()) {
            states.prepare();

            assertThat(logs.lines())
                    .filteredOn(line -> line.contains(old + " "))
                    .singleElement()
                    .asString()
                    .contains("left alone");
        }
        states.fit(Optional.of(Uuid.randomUuid()));
        states.delete();
        assertThat(file).hasContent("old");
    }

    @Test
    void shouldSayNothingOfAFolderAtTheOldPlaceThatHoldsNoCopies() throws IOException {
        Files.createDirectories(directory.resolve("state").resolve("app").resolve("src"));
        try (Logs logs = Logs.capture()) {
            states.prepare();

            assertThat(logs.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "", "a/b", "../a", "a\n"})
    void shouldRefuseAnApplicationIdThatLeadsElsewhere(String id) {
        assertThatThrownBy(() -> states(id))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("applicationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", ".a", "a.", "-"})
    void shouldTakeOtherDots(String id) throws IOException {
        LocalStates odd = states(id);
        odd.prepare();
        assertThat(odd.directory().getParent()).isEqualTo(states.directory().getParent());
    }

    private void create(List<String> files) throws IOException {
        for (String file : files) {
            Path path = states.directory().resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }

    private LocalStates states(String application) {
        Path stateDir = directory == null ? Path.of("state") : directory.resolve("state");
        return new LocalStates(StreamSettings.builder("localhost:1")
                .stateDir(stateDir)
                .applicationId(application)
                .build());
    }

    @Test
    void shouldEndTheThreadThatWaitsToMarkThem() throws Exception {
        StreamSettings settings =
                StreamSettings.builder("127.0.0.1:1").stateDir(directory).build();
        AutoCloseable marking = LocalStates.markInBackground(settings);
        assertThat(marks()).isPositive();
        marking.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> marks() == 0);
    }

    private static long marks() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tagstream-mark"))
                .count();
    }
}
