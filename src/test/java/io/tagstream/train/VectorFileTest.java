package io.tagstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("vectors.gz"), bytes.toByteArray());

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
    void shouldSayWhatIsWrongWithAFile() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> VectorFile.read(file("the 1 2\nof 1\n"), Set.of(), 9))
                .withMessageContaining("line 2 has 2 fields");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> VectorFile.read(file("the 1 x2\n"), Set.of(), 9))
                .withMessageContaining("line 1 has 'x2' where a number is expected");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> VectorFile.read(file("{\"vectors\":{}}"), Set.of(), 9))
                .withMessageContaining("no 'dimensions'");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> VectorFile.read(file("{\"dimensions\":3,\"vectors\":{\"a\":[1,"), Set.of(), 9))
                .withMessageContaining("not valid JSON");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> VectorFile.read(folder.resolve("absent"), Set.of(), 9))
                .withMessageContaining("no such file");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("vectors"), text);
    }
}
