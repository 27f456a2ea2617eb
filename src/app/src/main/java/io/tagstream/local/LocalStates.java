package io.tagstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.identity.Topics;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copies of one application's states, the directory {@code <state directory>/tagstream-states/<application id>} that Kafka
 * Streams fills, see {@link StateFolder}.
 *
 * <p>Kafka Streams takes a copy for current as far as the offset that it noted beside it. After a reset, or when the brokers are
 * others, that offset belongs to a changelog that is no more, and once the new one has grown past it the old states would be taken
 * for those of the new one. So the directory also holds a mark, the id of the changelog topic that its copies were made from,
 * written when they are first complete; copies without the right mark are removed, and restored.
 *
 * <p>What is removed is what Kafka Streams, RocksDB and this class made, see {@link LocalFiles}.
 */
public final class LocalStates {

    private static final Logger LOG = LoggerFactory.getLogger(LocalStates.class);
    /** Of the files that stay, how many the log names. */
    private static final int NAMED = 5;

    private final StateFolder folder;
    private final Path directory;
    /** Where builds before the first release kept the copies. */
    private final Path former;

    public LocalStates(StreamSettings settings) {
        folder = new StateFolder(settings.stateDir());
        directory = folder.path().resolve(settings.applicationId());
        former = settings.stateDir().resolve(settings.applicationId());
    }

    public Path directory() {
        return directory;
    }

    /**
     * Before the start of an instance.
     *
     * @throws InvalidSettingException if the state directory cannot be used
     */
    public void prepare() {
        folder.prepare();
        refuseLink();
        if (isFormer()) {
            LOG.warn(
                    "the local copies of an older build in {} are left alone, and restored into {}: delete them when no older build"
                            + " is to run again",
                    former,
                    directory);
        }
    }

    /** It may be anything, also another user's. */
    private boolean isFormer() {
        try {
            return hasCopies(former);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether there are any; a folder that is not ours is refused. */
    public boolean exist() {
        if (!folder.exists()) {
            return false;
        }
        refuseLink();
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private void refuseLink() {
        if (Files.isSymbolicLink(directory)) {
            throw new InvalidSettingException(
                    "the folder of the local states " + directory + " is a symbolic link: remove it");
        }
    }

    /**
     * Removes copies that are not of this changelog.
     *
     * @param changelog its id, empty where there is none yet
     * @throws InvalidSettingException if an instance uses them
     */
    public void fit(Optional<Uuid> changelog) {
        try {
            if (exist() && hasCopies(directory) && !mark().equals(changelog.map(Uuid::toString))) {
                LOG.warn(
                        "the local copies of the states in {} are not of the changelog that is there now: they are removed,"
                                + " and restored from it",
                        directory);
                delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasCopies(Path directory) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(directory, LocalFiles::isTask)) {
            return tasks.iterator().hasNext();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
    }

    private Optional<String> mark() throws IOException {
        try {
            return Optional.of(
                    Files.readString(directory.resolve(LocalFiles.MARK)).trim());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * On a thread of its own: it asks the brokers, and a stream thread is waiting. Without a mark the next start restores.
     *
     * @return ends the thread, if it still waits for the brokers
     */
    public static AutoCloseable markInBackground(StreamSettings settings) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Optional<Uuid> changelog = new Topics(settings).changelogId();
                        if (changelog.isPresent()) {
                            new LocalStates(settings).mark(changelog.get());
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.warn("the local states cannot be marked with their changelog: {}", e.toString());
                    }
                },
                "tagstream-mark");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    /** From now on the copies are of this changelog. */
    void mark(Uuid changelog) throws IOException {
        Files.write(directory.resolve(LocalFiles.MARK), (changelog + "\n").getBytes(UTF_8));
    }

    /**
     * Removes the copies and what belongs to them.
     *
     * @throws InvalidSettingException if an instance uses them
     */
    public void delete() throws IOException {
        if (!exist()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(LocalFiles.LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse();
            }
            List<Path> others = LocalFiles.delete(directory);
            if (!others.isEmpty()) {
                LOG.warn(
                        "in {}, {} files, folders or links that Tagstream did not make are left alone: {}{}",
                        directory,
                        others.size(),
                        String.join(
                                ", ",
                                others.stream().limit(NAMED).map(Path::toString).toList()),
                        others.size() > NAMED ? ", ..." : "");
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    /**
     * Says it before Kafka Streams does, in its own words.
     *
     * @throws InvalidSettingException if an instance uses the copies
     */
    public void requireUnused() {
        Path file = directory.resolve(LocalFiles.LOCK);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        } catch (IOException e) {
            LOG.debug("the lock of {} cannot be looked at", directory, e);
        }
    }

    private InvalidSettingException inUse() {
        return new InvalidSettingException("another instance uses the state directory " + directory
                + ": stop it first, or give this one a --state-dir of its own");
    }
}
