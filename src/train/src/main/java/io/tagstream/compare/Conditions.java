package io.tagstream.compare;

import io.tagstream.text.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What findings rest on beside their row and seed: files by name and content, epochs. */
final class Conditions {
    static final String EPOCHS = "epochs";
    static final String TRAIN = "train";
    static final String DEV = "dev";
    static final String VECTORS = "vectors";

    private static final int DIGITS = 16;

    private Conditions() {}

    static Map<String, String> of(ComparisonSettings settings) throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(EPOCHS, Integer.toString(settings.epochs()));
        conditions.put(TRAIN, file(settings.train()));
        conditions.put(DEV, file(settings.dev()));
        conditions.put(VECTORS, file(settings.vectors()));
        return conditions;
    }

    /** Each training reads them again, which a pipe does not allow. */
    static void requireReadableAgain(ComparisonSettings settings) {
        for (Path file : Stream.of(settings.train(), settings.dev(), settings.vectors())
                .filter(Objects::nonNull)
                .toList()) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UsageException(
                        file + " is not a regular file, and every training reads it again: copy it into a file first");
            }
        }
    }

    /** The name that a condition says of a file, without what tells its content. */
    static String name(String condition) {
        int blank = condition.lastIndexOf(' ');
        return blank < 0 ? condition : condition.substring(0, blank);
    }

    /** {@code train.conllu 0123456789abcdef}, the digits being those of its SHA-256; {@code none} for no file. */
    private static String file(@Nullable Path file) throws IOException {
        if (file == null) {
            return "none";
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return file.getFileName() + " "
                    + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
