package io.tagstream.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files of an application's local directory Kafka Streams, RocksDB and Tagstream make, by their paths:
 *
 * <pre>
 * .lock, kafka-streams-process-metadata, tagstream-changelog    and their unfinished forms
 * 0_3/.lock, 0_3/.checkpoint, 0_3/.checkpoint.tmp               of task 0_3
 * 0_3/rocksdb/STORE/CURRENT, 000012.sst, ...                    of a store
 * </pre>
 *
 * <p>Anything else was put there by somebody else. Symbolic links are nobody's of these, and never followed.
 */
public final class LocalFiles {
    /** A file with the topic's id and a line feed. */
    public static final String MARK = "tagstream-changelog";

    /** What Kafka Streams holds locked while an instance uses the directory. */
    static final String LOCK = ".lock";

    private static final String TASK = "\\d+_\\d+";
    private static final String ROCKSDB_FILE = "(CURRENT|IDENTITY|LOCK|LOG(\\.old\\.\\d+)?|(MANIFEST|OPTIONS)-\\d+"
            + "|\\d+\\.(sst|log|blob))(\\.(dbtmp|trash))?|\\d+\\.dbtmp";
    private static final Pattern FILE = Pattern.compile("\\.lock|kafka-streams-process-metadata|"
            + Pattern.quote(MARK)
            + "|" + TASK + "/(\\.lock|\\.checkpoint(_[^/]*)?(\\.tmp)?)"
            + "|" + TASK + "/rocksdb/[^/]+/(" + ROCKSDB_FILE + ")");
    private static final Pattern FOLDER = Pattern.compile("|" + TASK + "(/rocksdb(/[^/]+)?)?");

    private LocalFiles() {}

    /** Whether it is the directory of a task. */
    static boolean isTask(Path path) {
        return path.getFileName().toString().matches(TASK) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes what is ours, and each folder that is empty then.
     *
     * @return the paths, within the directory, of what stays
     */
    static List<Path> delete(Path directory) throws IOException {
        List<Path> others = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (FOLDER.matcher(within(folder)).matches()) {
                    return FileVisitResult.CONTINUE;
                }
                others.add(directory.relativize(folder));
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && FILE.matcher(within(file)).matches()) {
                    Files.delete(file);
                } else {
                    others.add(directory.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                try {
                    Files.delete(folder);
                } catch (DirectoryNotEmptyException e) {
                    // It holds what is not ours.
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }

            private String within(Path path) {
                return directory.relativize(path).toString().replace('\\', '/');
            }
        });
        return others;
    }
}
