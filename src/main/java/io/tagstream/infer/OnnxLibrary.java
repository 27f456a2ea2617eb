package io.tagstream.infer;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
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
final class OnnxLibrary {
    private static final String PATH = "onnxruntime.native.path";
    private static final String RESOURCES = "/ai/onnxruntime/native/linux-";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static boolean loaded;

    private OnnxLibrary() {}

    /** The environment of this process; the first call loads the libraries. */
    static synchronized OrtEnvironment environment() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (loaded || !os.contains("linux") || System.getProperty(PATH) != null || !bundled()) {
            return OrtEnvironment.getEnvironment();
        }
        Path directory = null;
        try {
            directory = unpack();
            System.setProperty(PATH, directory.toString());
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            loaded = true;
            return environment;
        } catch (IOException e) {
            throw new InferenceException(
                    "ONNX Runtime cannot be unpacked into " + System.getProperty("java.io.tmpdir") + " (" + e
                            + "): make room there, or set java.io.tmpdir to another directory",
                    e);
        } finally {
            System.clearProperty(PATH);
            if (directory != null) {
                delete(directory);
            }
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
