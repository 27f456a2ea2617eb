package io.tagstream.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads ONNX Runtime's native libraries and leaves no file behind. Its own loader unpacks 25 MB into a temporary directory for every
 * process, which stays there after a crash, and as an empty directory even after a clean end. On Linux a library that is loaded needs
 * its file no more, so here it is unpacked, loaded and removed at once; what
 * is left after a crash is an empty directory. Elsewhere, or where a path is given by the property
 * {@code onnxruntime.native.path}, its own loader does the work.
 */
public final class OnnxLibrary {
    private static final String PATH = "onnxruntime.native.path";
    private static final String RESOURCES = "/ai/onnxruntime/native/linux-";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static boolean loaded;

    private OnnxLibrary() {}

    /** The environment of this process; the first call loads the libraries. */
    public static synchronized OrtEnvironment environment() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (loaded || !os.contains("linux") || System.getProperty(PATH) != null || !bundled()) {
            return load(System.getProperty(PATH, temporary()));
        }
        Path directory = null;
        try {
            directory = unpack();
            System.setProperty(PATH, directory.toString());
            OrtEnvironment environment = load(temporary());
            loaded = true;
            return environment;
        } catch (IOException e) {
            throw new InferenceException(
                    "ONNX Runtime cannot be unpacked into " + temporary() + " (" + e
                            + "): make room there, or set java.io.tmpdir to another directory",
                    e);
        } finally {
            System.clearProperty(PATH);
            if (directory != null) {
                delete(directory);
            }
        }
    }

    private static String temporary() {
        return System.getProperty("java.io.tmpdir", "/tmp");
    }

    /** @param from where its libraries are, for people */
    private static OrtEnvironment load(String from) {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new InferenceException(
                    "ONNX Runtime cannot be loaded from the directory " + from + " (" + reason(e)
                            + "): if that is mounted noexec, name another temporary directory by"
                            + " TAGSTREAM_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY",
                    e);
        } finally {
            removeUnused();
        }
    }

    /** The JVM names the file, twice, and then says what is wrong. */
    private static String reason(LinkageError failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).trim();
    }

    /** Its own loader makes a directory even where it needs none, and leaves it to a hook that a halt leaves out. */
    private static void removeUnused() {
        try {
            Field directory = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
            directory.setAccessible(true);
            if (directory.get(null) instanceof Path path) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            // It is not empty, or this build of ONNX Runtime has none: the hook is left.
            return;
        }
    }

    private static boolean bundled() {
        return LIBRARIES.stream().allMatch(library -> OrtEnvironment.class.getResource(resource(library)) != null);
    }

    private static String resource(String library) {
        String processor = System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x64";
        return RESOURCES + processor + "/" + System.mapLibraryName(library);
    }

    private static Path unpack() throws IOException {
        Path directory = Files.createTempDirectory("tagstream-onnxruntime");
        for (String library : LIBRARIES) {
            try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource(library))) {
                if (in == null) {
                    throw new IOException("no " + resource(library) + " in the jar");
                }
                Files.copy(in, directory.resolve(System.mapLibraryName(library)));
            } catch (IOException e) {
                delete(directory);
                throw e;
            }
        }
        return directory;
    }

    private static void delete(Path directory) {
        try {
            for (String library : LIBRARIES) {
                Files.deleteIfExists(directory.resolve(System.mapLibraryName(library)));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
