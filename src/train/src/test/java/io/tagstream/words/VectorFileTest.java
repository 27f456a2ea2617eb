package io.tagstream.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFileTest {
    private static final String TEXT = "the 1 2.5 -3\n, 0 0 1\nThe 9 9 9\nof 4 5 6\ncafé 7 8 9\n";
    private static final String JSON = "{\"precision\":8,\"dimensions\":3,\"words\":[\"the\",\",\",\"of\"],\"vectors\":"
            + "{\"the\":[1,2.5,-3,4.03,0],\",\":[0,0,1,1,1],\"of\":[4,5,6,8.77,2]},\"unkVector\":[0,0,0,-1]}";

    @TempDir
    private Path folder;

    @Test
    void shouldReadGloVeTextAndKeepTheFirstOfWordsThatDifferInCase() throws IOException {
        WordVectors vectors = VectorFile.read(file(TEXT), Set.of(), 100);

        assertThat(vectors.width()).isEqualTo(3);
        assertThat(vectors.byWord().keySet()).containsExactly("the", ",", "of", "café");
        assertThat(vectors.byWord().get("the")).containsExactly(1, 2.5f, -3);
    }

    @Test
    void shouldReadTheFirstWordsAndThoseThatAreWanted() throws IOException {
        WordVectors vectors = VectorFile.read(file(TEXT), Set.of("café"), 1);

        assertThat(vectors.byWord().keySet()).containsExactly("the", "café");
    }

    @Test
    void shouldPassOverWord2VecsFirstLine() throws IOException {
        assertThat(VectorFile.read(file("4 3\n" + TEXT), Set.of(), 100).byWord())
                .hasSize(4);
    }

    @Test
    void shouldReadGzippedText() throws IOException {
        Path file = Files.write(folder.resolve("vectors.gz"), gzip(TEXT));

        assertThat(VectorFile.read(file, Set.of(), 100).byWord()).hasSize(4);
    }

    @Test
    void shouldReadWinksJsonWithoutItsNormsAndIndices() throws IOException {
        WordVectors vectors = VectorFile.read(file(JSON), Set.of("of"), 1);

        assertThat(vectors.width()).isEqualTo(3);
        assertThat(vectors.byWord().keySet()).containsExactly("the", "of");
        assertThat(vectors.byWord().get("of")).containsExactly(4, 5, 6);
    }

    @Test
    void shouldReadTheFirstWordAfterAByteOrderMark() throws IOException {
        assertThat(VectorFile.read(file("\uFEFF" + TEXT), Set.of("the"), 0).byWord())
                .containsOnlyKeys("the");
        assertThat(VectorFile.read(file("\uFEFF" + JSON), Set.of("of"), 1).byWord())
                .containsOnlyKeys("the", "of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-NaN", "Infinity", "-Infinity", "1e39"})
    void shouldRefuseANumberThatIsNotFinite(String number) {
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(file("the 1 2\nof 3 " + number + "\n"), Set.of(), 9))
                .withMessageContaining("line 2 has '" + number + "', which is not a finite number");
    }

    @Test
    void shouldRefuseANumberOfJsonThatIsNotFinite() {
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(
                        () -> VectorFile.read(file("{\"dimensions\":2,\n\"vectors\":{\"a\":[1,1e39]}}"), Set.of(), 9))
                .withMessageContaining("line 2: the vector of 'a' has a number that is not finite");
    }

    @Test
    void shouldRefuseVectorsOfDifferentWidths() throws IOException {
        for (String text : List.of("the 1 2\nof 1 2 3\n", "the 1 2\nof 1\n", "2 3\nthe 1 2\n")) {
            assertThatExceptionOfType(VectorFileException.class)
                    .isThrownBy(() -> VectorFile.read(file(text), Set.of(), 9))
                    .withMessageContaining("line 2");
        }
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(
                        file("{\"dimensions\":2,\"vectors\":{\"a\":[1,2,9,0],\"b\":[1,2,3]}}"), Set.of(), 9))
                .withMessageContaining("the vector of 'b' has 3 numbers, the first has 4");
        // GloVe's largest file has words with a blank in them.
        assertThat(VectorFile.read(file("the 1 2\n. . 1 2\nof 1 2\n"), Set.of(), 9)
                        .byWord())
                .containsOnlyKeys("the", "of");
    }

    @Test
    void shouldRefuseVectorsThatAreNotUtf8OrBreakOff() throws IOException {
        Path latin =
                Files.write(folder.resolve("latin"), "the 1 2\nf\u00fcr 3 4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(latin, Set.of(), 9))
                .withMessageContainingAll("latin: line 2: ", "not UTF-8");
        Path utf16 = Files.write(folder.resolve("utf16"), TEXT.getBytes(StandardCharsets.UTF_16LE));
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(utf16, Set.of(), 9))
                .withMessageContaining("UTF-16");
        for (String text : List.of(TEXT, JSON)) {
            byte[] whole = gzip(text);
            Path half = Files.write(folder.resolve("half.gz"), Arrays.copyOf(whole, whole.length / 2));
            assertThatExceptionOfType(VectorFileException.class)
                    .isThrownBy(() -> VectorFile.read(half, Set.of(), 9))
                    .withMessageContaining("gzip data breaks off");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() {
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(file("the 1 2\nof 1\n"), Set.of(), 9))
                .withMessageContaining("line 2 has 2 fields");
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(file("the 1 x2\n"), Set.of(), 9))
                .withMessageContaining("line 1 has 'x2' where a number is expected");
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(file("{\"vectors\":{}}"), Set.of(), 9))
                .withMessageContaining("no 'dimensions'");
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(file("{\"dimensions\":3,\"vectors\":{\"a\":[1,"), Set.of(), 9))
                .withMessageContaining("not valid JSON");
        assertThatExceptionOfType(VectorFileException.class)
                .isThrownBy(() -> VectorFile.read(folder.resolve("absent"), Set.of(), 9))
                .withMessageContaining("no such file");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("vectors"), text);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
