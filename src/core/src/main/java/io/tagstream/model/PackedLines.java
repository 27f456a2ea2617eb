package io.tagstream.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A list of strings as metadata: every entry in UTF-8 and ended by a line feed, gzip, Base64. Packed because ONNX Runtime's
 * Java binding garbles characters outside the basic plane when it reads metadata. The same list gives the same text: the gzip header
 * carries no time.
 */
final class PackedLines {
    /** The most that a packed list may unfold to, in bytes: a guard against a file made to fill the memory. */
    private static final int LARGEST = 256 << 20;

    private PackedLines() {}

    /** @throws IllegalArgumentException if an entry holds a line feed or half a surrogate pair */
    static String pack(List<String> entries) {
        StringBuilder lines = new StringBuilder();
        for (String entry : entries) {
            if (entry.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an entry holds a line feed");
            }
            lines.append(entry).append('\n');
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(lines));
            gzip.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("an entry holds half a surrogate pair", e);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** @throws IllegalArgumentException if the text is not such a list */
    static List<String> unpack(String packed) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            byte[] bytes = gzip.readNBytes(LARGEST);
            if (gzip.read() >= 0) {
                throw new IllegalArgumentException("more than " + LARGEST + " bytes");
            }
            String lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (lines.isEmpty()) {
                return List.of();
            }
            String body = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
            return List.of(body.split("\n", -1));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
