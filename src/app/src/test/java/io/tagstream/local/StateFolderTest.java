package io.tagstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    private Path directory;

    private Path stateDir = Path.of("");
    private StateFolder folder = new StateFolder(stateDir);

    @BeforeEach
    void open() throws IOException {
        stateDir = Files.createDirectory(directory.resolve("state"));
        folder = new StateFolder(stateDir);
    }

    @Test
    void shouldMakeAMarkedPrivateFolderAndLeaveTheModeOfTheDirectoryAboveIt() throws IOException {
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(folder.exists()).isFalse();

        folder.prepare();
        folder.prepare();

        assertThat(folder.exists()).isTrue();
        assertThat(mode(stateDir)).isEqualTo("rwxrwxrwx");
        assertThat(mode(folder.path())).isEqualTo("rwxr-x---");
        assertThat(names(stateDir)).containsExactly(StateFolder.NAME);
        assertThat(names(folder.path())).containsExactly(StateFolder.MARKER);
    }

    @Test
    void shouldMakeTheDirectoriesAboveIt() {
        StateFolder deep = new StateFolder(stateDir.resolve("a").resolve("b"));

        deep.prepare();

        assertThat(deep.path()).isDirectory();
    }

    @Test
    void shouldRefuseAFolderWithoutTheMarker() throws IOException {
        Files.createDirectory(folder.path());
        String mode = mode(folder.path());

        refuses("was not made by Tagstream", "--state-dir");
        Files.writeString(folder.path().resolve("notes.txt"), "mine");

        refuses("was not made by Tagstream", "--state-dir");
        assertThatThrownBy(folder::exists).isInstanceOf(InvalidSettingException.class);
        assertThat(mode(folder.path())).isEqualTo(mode);
        assertThat(names(folder.path())).containsExactly("notes.txt");
    }

    @Test
    void shouldRefuseAMarkerThatIsNoFile() throws IOException {
        Files.createDirectory(folder.path());
        Files.createSymbolicLink(folder.path().resolve(StateFolder.MARKER), Files.createFile(stateDir.resolve("x")));

        refuses("was not made by Tagstream");
    }

    @Test
    void shouldRefuseAFileOrALinkInItsPlace() throws IOException {
        Files.createFile(folder.path());
        refuses("is no folder");
        Files.delete(folder.path());

        StateFolder elsewhere = new StateFolder(directory.resolve("elsewhere"));
        elsewhere.prepare();
        Files.createSymbolicLink(folder.path(), elsewhere.path());
        refuses("is a symbolic link");
        Files.delete(folder.path());

        Files.createSymbolicLink(folder.path(), directory.resolve("nowhere"));
        refuses("is a symbolic link");
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void shouldRefuseAStateDirectoryThatIsAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new StateFolder(file).prepare())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(file.toString(), "is a file", "--state-dir");
        assertThatThrownBy(() -> new StateFolder(file.resolve("below")).prepare())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(file.toString(), "cannot be written", "--state-dir");
    }

    @Test
    void shouldFollowALinkThatTheUserNames() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), stateDir);

        new StateFolder(link).prepare();

        assertThat(folder.exists()).isTrue();
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        assertThatThrownBy(() -> new StateFolder(dangling).prepare())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(dangling.toString(), "--state-dir");
    }

    @Test
    void shouldSayThatADirectoryCannotBeWritten() {
        Path never = Path.of("/proc/tagstream");
        assumeThat(never.getParent()).isDirectory();

        assertThatThrownBy(() -> new StateFolder(never).prepare())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("/proc/tagstream", "cannot be written", "--state-dir");
    }

    @Test
    void shouldRefuseTheFolderOfAnotherUser() throws IOException {
        folder.prepare();
        try {
            Files.setOwner(
                    folder.path(),
                    folder.path()
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("daemon"));
        } catch (IOException e) {
            assumeThat(false).as("only root can give files away: %s", e).isTrue();
        }

        refuses("belongs to the user daemon", "--state-dir");
    }

    @Test
    void shouldMarkAgainWhatWasDeletedWhileAnInstanceRan() throws IOException {
        folder.prepare();
        Files.delete(folder.path().resolve(StateFolder.MARKER));
        folder.markAgain();
        assertThat(folder.exists()).isTrue();

        Files.delete(folder.path().resolve(StateFolder.MARKER));
        Files.delete(folder.path());
        folder.markAgain();
        assertThat(folder.exists()).isFalse();
    }

    @Test
    void shouldNotMindWhatElseIsInItOrBesideIt() throws IOException {
        folder.prepare();
        Files.writeString(folder.path().resolve("notes.txt"), "mine");
        Files.writeString(stateDir.resolve("notes.txt"), "mine");

        assertThatCode(folder::prepare).doesNotThrowAnyException();
        assertThat(names(folder.path())).containsExactlyInAnyOrder(StateFolder.MARKER, "notes.txt");
    }

    private void refuses(String... words) {
        assertThatThrownBy(folder::prepare)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(folder.path().toString())
                .hasMessageContainingAll(words);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
