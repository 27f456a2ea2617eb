package io.tagstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copies of one application's states, the directory {@code <state directory>/<application id>} that Kafka Streams fills.
 *
 * <p>Kafka Streams takes a copy for current as far as the offset that it noted beside it. After a reset, or when the brokers are
 * others, that offset belongs to a change log that is no more, and once the new one has grown past it the old states would be taken
 * for those of the new one. So the directory also holds a mark, the id of the change log topic that its copies were made from,
 * written when they are first complete; copies without the right mark are removed, and restored.
 */
final class LocalStates {
    /** A file with the topic's id and a line feed. */
    static final String MARK = "tagstream-change-log";

    private static final Logger LOG = LoggerFactory.getLogger(LocalStates.class);
    /** What Kafka Streams holds locked while an instance uses the directory. */
    private static final String LOCK = ".lock";
    /** A directory of each task. */
    private static final String TASK = "\\d+_\\d+";

    private final Path directory;

    LocalStates(StreamSettings settings) {
        directory = settings.stateDir().resolve(settings.applicationId());
    }

    Path directory() {
        return directory;
    }

    boolean exist() {
        return Files.isDirectory(directory);
    }

    /**
     * Removes copies that are not of this change log.
     *
     * @param changelog its id, empty where there is none yet
     * @throws InvalidSettingException if an instance uses them
     */
    void fit(Optional<Uuid> changelog) {
        try {
            if (hasCopies() && !mark().equals(changelog.map(Uuid::toString))) {
                LOG.warn(
                        "the local copies of the states in {} are not of the change log that is there now: they are removed,"
                                + " and restored from it",
                        directory);
                delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasCopies() throws IOException {
        if (!exist()) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.anyMatch(entry -> entry.getFileName().toString().matches(TASK));
        }
    }

    private Optional<String> mark() throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(MARK)).trim());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** From now on the copies are of this change log. */
    void mark(Uuid changelog) throws IOException {
        Files.write(directory.resolve(MARK), (changelog + "\n").getBytes(UTF_8));
    }

    /**
     * Removes all that is there.
     *
     * @throws InvalidSettingException if an instance uses it
     */
    void delete() throws IOException {
        if (!exist()) {
            return;
        }
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse();
            }
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    private InvalidSettingException inUse() {
        return new InvalidSettingException(
                "another instance uses the state directory " + directory + ": stop it first");
    }
}
