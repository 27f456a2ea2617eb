package io.tagstream.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
    private static final String CHUNKS = "EU NNP B-NP\nrejects VBZ O\n\n# # B-NP\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadAWordAndItsLabelWithATabBetween() throws IOException {
        List<LabelledSentence> corpus =
                read("# a comment\nNew York\tB\nis\tO\n# another\n\n\n# newdoc id = 2\n#\tO\n#x\tO\n");

        assertThat(corpus).hasSize(2);
        assertThat(corpus.get(0).forms()).containsExactly("New York", "is");
        assertThat(corpus.get(0).labels()).containsOnlyKeys("label").containsEntry("label", List.of("B", "O"));
        assertThat(corpus.get(1).forms()).containsExactly("#", "#x");
        assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, true);
        assertThat(read("a\tB\n", "ner").get(0).labels()).containsOnlyKeys("ner");
    }

    @Test
    void shouldReadSeveralColumnsWithBlanksBetween() throws IOException {
        List<LabelledSentence> corpus = read(CHUNKS, "pos", "chunk");

        assertThat(corpus.get(0).labels())
                .containsEntry("pos", List.of("NNP", "VBZ"))
                .containsEntry("chunk", List.of("B-NP", "O"));
        assertThat(corpus.get(1).forms()).containsExactly("#");
        assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, false);
        assertThat(read(CHUNKS, "chunk=3").get(0).labels()).containsOnlyKeys("chunk");
    }

    @Test
    void shouldTakeAMarkOfADocumentForNoSentence() throws IOException {
        List<LabelledSentence> corpus =
                read("-DOCSTART- -X- O\n\nEU NNP B\n\nGo VB O\n\n-DOCSTART- -X- O\n\nHi UH O\n", "pos", "ner");

        assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, false, true);
    }

    @Test
    void shouldTakeAMarkOfADocumentWithOtherColumnsOrAlone() throws IOException {
        for (String mark :
                List.of("-DOCSTART-", "-DOCSTART- O", "-DOCSTART-\tO", "-DOCSTART- -X- -X- O", "-DOCSTART- ")) {
            List<LabelledSentence> corpus =
                    read(mark + "\n\nEU NNP B\n" + mark + "\nGo VB O\n\nHi UH O\n", "pos", "ner");

            assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, true, false);
            assertThat(corpus.get(0).labels()).containsEntry("ner", List.of("B"));
        }
        assertRefused(() -> read("-DOCSTART-X\n"), 1, "it has one column");
    }

    @Test
    void shouldSayWhichLineHasOtherColumns() {
        assertRefused(() -> read("a\tB\nb\tO\tX\n"), 2, "it has 3 columns with tabs between, the first word");
        assertRefused(() -> read("a B\n\nb\n"), 3, "it has 1 column with blanks between");
        assertRefused(() -> read("# one\na\n"), 2, "it has one column");
        assertRefused(() -> read("a\tB\nb\t\n"), 2, "column 2 is empty");
        assertRefused(() -> read(" \n# nothing\n"), CorpusException.WHOLE_FILE, "it holds no sentence");
    }

    @Test
    void shouldSayWhichColumnsThereAre() {
        assertRefused(() -> read(CHUNKS), 1, "it has 2 columns of labels, but 0 are named");
        assertRefused(() -> read(CHUNKS, "chunk"), 1, "2 columns of labels, but 1 are named");
        for (String strange : List.of("chunk=1", "chunk=4", "chunk=misc.X")) {
            assertRefused(
                    () -> read(CHUNKS, strange, "pos=2"),
                    1,
                    "the layer 'chunk' is said to stand in column '" + strange.substring(6)
                            + "', expected a number from 2 to 3");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerColumn.parse(List.of("a", "a=3")))
                .withMessageContaining("'a' is there twice");
        assertThatIllegalArgumentException().isThrownBy(() -> LayerColumn.parse("=3"));
    }

    @Test
    void shouldGiveAModelItsLayers() throws IOException {
        Path chunks = Files.writeString(folder.resolve("chunks.txt"), CHUNKS);
        Path names = Files.writeString(folder.resolve("names.tsv"), "EU\tB\n");

        assertThat(CorpusReader.readFor(chunks, List.of("pos", "chunk")).get(0).labels())
                .containsOnlyKeys("pos", "chunk");
        assertThat(CorpusReader.readFor(names, List.of("ner", "pos")).get(0).labels())
                .containsOnlyKeys("ner");
        assertRefused(
                () -> CorpusReader.readFor(chunks, List.of("ner")), 1, "expected one for each of the layers [ner]");
    }

    @Test
    void shouldReadAnyColumnOfConllu() throws IOException {
        String rows = """
                1\tHi\thi\tINTJ\tUH\tA=1\t0\troot\t_\tSpaceAfter=No|Entity=B
                2\tho\tho\t_\tUH\t_\t1\tdep\t_\tEntityx=C

                1\t.\t.\tPUNCT\t.\t_\t0\tpunct\t_\t_
                """;
        Path file = Files.writeString(folder.resolve("a.conllu"), rows);

        List<LabelledSentence> corpus = CorpusReader.read(
                file, LayerColumn.parse(List.of("misc.Entity", "space=misc.SpaceAfter", "tag=xpos", "misc.Absent")));

        assertThat(corpus.get(0).labels())
                .containsOnlyKeys("xpos", "feats", "deprel", "Entity", "space", "tag")
                .containsEntry("Entity", List.of("B", "_"))
                .containsEntry("space", List.of("No", "_"))
                .containsEntry("tag", List.of("UH", "UH"));
        // A word may be without an entity, so this sentence has the layer; nothing has the key Absent.
        assertThat(corpus.get(1).labels()).containsOnlyKeys("upos", "xpos", "deprel", "Entity", "space", "tag");
        assertThat(CorpusReader.readFor(file, List.of("Entity", "upos")).get(0).labels())
                .containsEntry("Entity", List.of("B", "_"));
        assertRefused(
                () -> CorpusReader.read(file, LayerColumn.parse(List.of("lemma"))),
                CorpusException.WHOLE_FILE,
                "CoNLL-U has no column 'lemma' of labels");
    }

    @Test
    void shouldTakeAWordWithoutAKeyForCertainWhereAMachineSaysNothingOfIt() throws IOException {
        String rows = """
                1\tHi\thi\t_\tUH\t_\t0\troot\t_\tEntity=B|soft.Entity=B/60;O/40
                2\tho\tho\t_\tUH\t_\t1\tdep\t_\tsoft.upos=INTJ/100
                """;
        Path file = Files.writeString(folder.resolve("a.conllu"), rows);

        LabelledSentence sentence = CorpusReader.read(file, LayerColumn.parse(List.of("misc.Entity")))
                .get(0);

        assertThat(sentence.soft().get("Entity"))
                .containsExactly(new LabelShares(List.of("B", "O"), List.of(60, 40)), LabelShares.certain("_"));
        assertThat(sentence.soft().get("upos")).containsExactly(LabelShares.NONE, LabelShares.certain("INTJ"));
    }

    @Test
    void shouldTellTheFormatsApart() throws IOException {
        String word = "1\tHi\thi\tINTJ\tUH\t_\t0\troot\t_\t_\n";

        assertThat(isConllu("a.txt", "# c\n\n" + word)).isTrue();
        assertThat(isConllu("b.txt", "\uFEFF1-2\tHi\t_\t_\t_\t_\t_\t_\t_\t_\n")).isTrue();
        assertThat(isConllu("c.txt", "Hi\tINTJ\n" + word)).isFalse();
        assertThat(isConllu("d.conllu", "Hi\tINTJ\n")).isTrue();
        assertThat(isConllu("e.txt", "")).isFalse();
    }

    private boolean isConllu(String name, String text) throws IOException {
        try (TextFile file = TextFile.open(Files.writeString(folder.resolve(name), text))) {
            return CorpusReader.isConllu(name, new CorpusLines(file));
        }
    }

    private List<LabelledSentence> read(String text, String... layers) throws IOException {
        Path file = Files.writeString(folder.resolve("columns.txt"), text);
        return CorpusReader.read(file, LayerColumn.parse(List.of(layers)));
    }

    private static void assertRefused(ThrowingCallable reading, int line, String problem) {
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(reading)
                .satisfies(refusal -> assertThat(refusal.line()).isEqualTo(line))
                .withMessageContaining(problem);
    }
}
