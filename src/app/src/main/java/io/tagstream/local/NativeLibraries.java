package io.tagstream.local;

import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.NativeLibraryLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the native libraries of RocksDB and of Kafka's compression are unpacked, and that nothing of them is left. They would lie in the
 * temporary directory until the JVM has run its hooks, and so for ever after a halt.
 *
 * <ol>
 *   <li>{@link #open} makes a private folder with a name that nobody can guess, has RocksDB unpacked there and loaded, and on Linux
 *       removes the file at once: a library that is loaded needs it no more. Zstandard and Snappy will be unpacked there when a record
 *       needs them. LZ4 knows no folder but the temporary directory.
 *   <li>{@link #close} removes the folder, and what LZ4 has unpacked. It must come before a halt.
 * </ol>
 *
 * <p>A place that the user has named, by a library's own property or variable, is left alone. ONNX Runtime is unpacked, loaded and removed
 * where it is used. After a kill -9 the folder stays, mostly empty: no other process can know that it is not in use.
 */
public final class NativeLibraries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String ROCKSDB_VARIABLE = "ROCKSDB_SHAREDLIB_DIR";
    /** Property that names a folder, to another that names the library itself. */
    private static final Map<String, String> FOLDERS =
            Map.of("ZstdTempFolder", "ZstdNativePath", "org.xerial.snappy.tempdir", "org.xerial.snappy.lib.path");
    /** What this process has loaded, on Linux. */
    private static final Path MAPS = Path.of("/proc/self/maps");

    private static final String LZ4 = "liblz4-java-";

    private final @Nullable Path folder;
    private final Path temporary;
    private final List<String> properties = new ArrayList<>();

    private NativeLibraries(@Nullable Path folder, Path temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Loads RocksDB, and makes ready for the others.
     *
     * @throws InvalidSettingException if the temporary directory does not allow it
     */
    public static NativeLibraries open() {
        Path temporary = Path.of(System.getProperty(TEMPORARY, "/tmp"));
        NativeLibraries libraries = new NativeLibraries(folder(temporary), temporary);
        try {
            libraries.load();
            return libraries;
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            libraries.close();
            throw unusable(temporary, e);
        }
    }

    /** Null where none can be made: libraries that are unpacked already, as in the image, need none. */
    private static @Nullable Path folder(Path temporary) {
        try {
            return Files.createTempDirectory(temporary, "tagstream-native-");
        } catch (IOException e) {
            LOG.debug("there is no folder for native libraries: {}", e.toString());
            return null;
        }
    }

    private void load() throws IOException {
        String rocksDb = System.getenv(ROCKSDB_VARIABLE);
        Path unpackInto = folder;
        if (unpackInto != null) {
            FOLDERS.forEach((property, library) -> set(property, library, unpackInto));
            rocksDb = rocksDb == null ? unpackInto.toString() : rocksDb;
        }
        // The loader looks for a library of the system first, and loads once in a process.
        NativeLibraryLoader.getInstance().loadLibrary(rocksDb == null ? temporary.toString() : rocksDb);
        if (unpackInto != null && isLinux()) {
            empty(unpackInto);
        }
    }

    private static InvalidSettingException unusable(Path temporary, Throwable e) {
        String message = String.valueOf(e.getMessage());
        // The JVM names the file, twice, and then says what is wrong.
        String reason = e instanceof UnsatisfiedLinkError
                ? message.substring(message.lastIndexOf(": ") + 1).trim()
                : e.toString();
        return new InvalidSettingException("native libraries cannot be unpacked and loaded in the temporary directory "
                + temporary + " (" + reason
                + "): it must exist, have room for some 40 MB and not be mounted noexec; name another"
                + " one by TAGSTREAM_JAVA_OPTS=-D" + TEMPORARY + "=DIRECTORY");
    }

    private void set(String property, String library, Path unpackInto) {
        if (System.getProperty(property) == null && System.getProperty(library) == null) {
            System.setProperty(property, unpackInto.toString());
            properties.add(property);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes what was unpacked; more than once does no harm. */
    @Override
    public synchronized void close() {
        properties.forEach(System::clearProperty);
        properties.clear();
        try {
            if (folder != null && Files.isDirectory(folder)) {
                empty(folder);
                Files.delete(folder);
            }
            deleteLz4();
        } catch (IOException e) {
            LOG.debug("of the native libraries, some files stay: {}", e.toString());
        }
    }

    /** Its files have names by chance: which one is ours, the system knows. */
    private void deleteLz4() throws IOException {
        if (!Files.isReadable(MAPS)) {
            return;
        }
        List<String> loaded;
        try (Stream<String> lines = Files.lines(MAPS)) {
            loaded = lines.filter(line -> line.contains("/" + LZ4)).toList();
        }
        for (String line : loaded) {
            Path library = Path.of(line.substring(line.indexOf('/')));
            if (temporary.toRealPath().equals(library.getParent())) {
                Files.deleteIfExists(library);
                Files.deleteIfExists(library.resolveSibling(library.getFileName() + ".lck"));
            }
        }
    }
}
