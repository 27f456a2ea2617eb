package io.tagstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code tagstream-states} in the state directory: the only place where local copies of states lie, of one or more
 * applications. A marker file says that Tagstream made it. Nothing outside of it is written, deleted or given another mode, and a
 * folder of that name without the marker is refused. (Kafka Streams makes the directory that it works in private; that is this one.)
 */
public final class StateFolder {
    public static final String NAME = "tagstream-states";
    /** Appears together with the folder, by one rename. */
    static final String MARKER = ".made-by-tagstream";

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String MARKER_TEXT =
            "Tagstream made this folder for local copies of the states of streams. They are restored where they are missing.\n";
    private static final String MODE = "rwxr-x---";

    private final Path stateDir;
    private final Path path;

    /** @param stateDir the state directory of the settings */
    public StateFolder(Path stateDir) {
        this.stateDir = stateDir;
        path = stateDir.resolve(NAME);
    }

    public Path path() {
        return path;
    }

    /**
     * Makes the folder, with the directories above it, if it is not there.
     *
     * @throws InvalidSettingException if it cannot be made or written, or is another's
     */
    void prepare() {
        if (Files.exists(stateDir) && !Files.isDirectory(stateDir)) {
            throw new InvalidSettingException(
                    "the state directory " + stateDir + " is a file: choose another with --state-dir");
        }
        try {
            if (!exists()) {
                Files.createDirectories(stateDir);
                make();
                check();
            }
            Path probe = Files.createTempFile(path, "check", "");
            try {
                checkOwner(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new InvalidSettingException("the state directory " + stateDir + " cannot be written (" + reason(e)
                    + "): choose another with --state-dir");
        }
    }

    /**
     * Whether it is there.
     *
     * @throws InvalidSettingException if what is there is another's
     */
    boolean exists() {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        check();
        return true;
    }

    private void check() {
        if (Files.isSymbolicLink(path)) {
            throw foreign("is a symbolic link: remove it, or name its target's parent with --state-dir");
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw foreign("is no folder: move it away, or choose another directory with --state-dir");
        }
        if (!Files.isRegularFile(path.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
            throw foreign(
                    Files.isExecutable(path)
                            ? "was not made by Tagstream (it holds no file " + MARKER
                                    + "): move it away, or choose another directory with --state-dir"
                            : "cannot be read: check its owner and mode, or choose another directory with --state-dir");
        }
    }

    private InvalidSettingException foreign(String what) {
        return new InvalidSettingException(path + ", where the local states would lie, " + what);
    }

    /** Under another name first: a crash leaves no folder that would be refused. */
    private void make() throws IOException {
        Path made = Files.createTempDirectory(stateDir, "." + NAME + "-");
        Path marker = made.resolve(MARKER);
        try {
            Files.write(marker, MARKER_TEXT.getBytes(UTF_8));
            if (Files.getFileAttributeView(made, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(MODE));
            }
            Files.move(made, path);
        } catch (FileSystemException e) {
            Files.deleteIfExists(marker);
            Files.delete(made);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // Another instance was faster.
        }
    }

    /** Of an instance that runs: where somebody has deleted the folder, RocksDB makes it again, and a start would refuse it. */
    public void markAgain() {
        Path marker = path.resolve(MARKER);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !Files.exists(marker, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.write(marker, MARKER_TEXT.getBytes(UTF_8));
            } catch (IOException e) {
                LOG.debug("the folder {} is not marked: {}", path, e.toString());
            }
        }
    }

    /** In a directory that others can write, another user could hold the folder, and change what is in it. */
    private void checkOwner(Path ours) throws IOException {
        String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
        String user = Files.getOwner(ours).getName();
        if (!owner.equals(user)) {
            throw foreign("belongs to the user " + owner + ", and this one is " + user
                    + ": run as its owner, or choose another directory with --state-dir");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied to " + e.getMessage();
        }
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.toString();
    }
}
