package io.tagstream.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConlluReaderTest {
    private static final Path MINI = Path.of("src/it/src/test/resources/corpus/mini.conllu");

    @TempDir
    private Path folder;

    @Test
    void shouldReadFormsLabelsTextAndDocuments() {
        List<LabelledSentence> corpus = ConlluReader.read(MINI);

        assertThat(corpus).hasSize(62);
        assertThat(corpus.stream().filter(LabelledSentence::beginsDocument)).hasSize(8);
        LabelledSentence first = corpus.get(0);
        assertThat(first.id()).isEqualTo("support-chat-1");
        assertThat(first.text()).isEqualTo("Hello, my printer doesn't work.");
        assertThat(first.forms()).containsExactly("Hello", ",", "my", "printer", "does", "n't", "work", ".");
        assertThat(first.labels().get(ConlluReader.UPOS))
                .containsExactly("INTJ", "PUNCT", "PRON", "NOUN", "AUX", "PART", "VERB", "PUNCT");
        assertThat(first.labels().get(ConlluReader.XPOS))
                .containsExactly("UH", ",", "PRP$", "NN", "VBZ", "RB", "VB", ".");
    }

    @Test
    void shouldReadRangesAndSkipEmptyNodes() throws IOException {
        List<LabelledSentence> corpus =
                read(rows("1-2\tdon't\t_\t_", "1\tdo\tAUX\tVBP", "2\tn't\tPART\tRB", "2.1\tgo\tVERB\tVB") + "\n");

        assertThat(corpus).singleElement().satisfies(sentence -> {
            assertThat(sentence.forms()).containsExactly("do", "n't");
            assertThat(sentence.ranges()).containsExactly(new WordRange(0, 2, "don't"));
        });
    }

    @Test
    void shouldRefuseARangeThatDoesNotFitItsWords() {
        assertRefused(rows("2-3\tdon't\t_\t_", "1\tdo\tAUX\tVBP") + "\n", 1, "'2-3', expected 1-2");
        assertRefused(rows("1-x\tdon't\t_\t_", "1\tdo\tAUX\tVBP") + "\n", 1, "'1-x'");
        assertRefused(rows("1\ta\tDET\tDT", "2-1\tdon't\t_\t_") + "\n", 2, "ends before it begins");
        assertRefused(rows("1-2\tdon't\t_\t_", "1\tdo\tAUX\tVBP") + "\n", 3, "more words than there are");
    }

    private void assertRefused(String text, int line, String problem) {
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> read(text))
                .satisfies(refusal -> assertThat(refusal.line()).isEqualTo(line))
                .withMessageContaining(problem);
    }

    @Test
    void shouldReadWindowsLinesAByteOrderMarkAndAFileWithoutALastEmptyLine() throws IOException {
        String text = "\uFEFF# sent_id = a\r\n" + rows("1\tHi\tINTJ\tUH").replace("\n", "\r\n") + "\r\n# newdoc\r\n"
                + rows("1\tBye\tINTJ\tUH").strip();

        List<LabelledSentence> corpus = read(text);

        assertThat(corpus).extracting(LabelledSentence::id).containsExactly("a", "");
        assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, true);
        assertThat(corpus.get(1).forms()).containsExactly("Bye");
        assertThat(corpus.get(1).text()).isNull();
    }

    @Test
    void shouldBeginADocumentAtTheFirstSentenceAndAtNewdocAlone() throws IOException {
        String sentence = rows("1\tHi\tINTJ\tUH") + "\n";

        List<LabelledSentence> corpus =
                read(sentence + sentence + "# newdoc id = b\n" + sentence + "# newdocs\n" + sentence);

        assertThat(corpus).extracting(LabelledSentence::beginsDocument).containsExactly(true, false, true, false);
    }

    @Test
    void shouldLeaveOutALayerThatAWordLacks() throws IOException {
        List<LabelledSentence> corpus =
                read(rows("1\tHi\tINTJ\t_") + "\n" + rows("1\t_\tPUNCT\tNFP", "2\tho\t_\tUH") + "\n");

        assertThat(corpus.get(0).labels()).containsOnlyKeys(ConlluReader.UPOS);
        assertThat(corpus.get(1).labels()).containsOnlyKeys(ConlluReader.XPOS);
        assertThat(corpus.get(1).forms()).containsExactly("_", "ho");
    }

    @Test
    void shouldReadWhatAMachineSaysOfEachWord() throws IOException {
        String text = rows(
                "1\tHi\tINTJ\tUH\tSpaceAfter=No|soft.upos=INTJ/93;PROPN/7|soft.xpos=UH/100",
                "2\t;\tPUNCT\t:",
                "3\t?\t_\t_\tsoft.xpos=%3B%2f%7C%3D%25%20%C3%A9/1;:/99");

        LabelledSentence sentence = read(text).get(0);

        assertThat(sentence.soft()).containsOnlyKeys(ConlluReader.UPOS, ConlluReader.XPOS);
        assertThat(sentence.soft().get(ConlluReader.UPOS))
                .containsExactly(
                        new LabelShares(List.of("INTJ", "PROPN"), List.of(93, 7)),
                        LabelShares.certain("PUNCT"),
                        LabelShares.NONE);
        assertThat(sentence.soft().get(ConlluReader.XPOS))
                .containsExactly(
                        LabelShares.certain("UH"),
                        LabelShares.certain(":"),
                        new LabelShares(List.of(";/|=% \u00e9", ":"), List.of(1, 99)));
        assertThat(read(rows("1\tHi\tINTJ\tUH\tGloss=soft.upos")).get(0).soft()).isEmpty();
    }

    @Test
    void shouldNameTheLineOfWhatAMachineCannotHaveSaid() {
        for (String said : List.of(
                "soft.upos=NOUN",
                "soft.upos=/9",
                "soft.upos=",
                "soft.upos=NOUN/0",
                "soft.upos=NOUN/101",
                "soft.upos=NOUN/4.5",
                "soft.upos=NOUN/93;",
                "soft.upos=NOUN/9;NOUN/8",
                "soft.upos=%3/9",
                "soft.upos=%+1/9",
                "soft.upos=%FF/9",
                "soft.upos",
                "soft.=NOUN/9",
                "soft.upos=NOUN/9|soft.upos=VERB/9")) {
            assertRefused(rows("1\tHi\tINTJ\tUH", "2\tho\tINTJ\tUH\t" + said) + "\n", 2, "shares of labels");
        }
    }

    @Test
    void shouldHoldWhatRecursOnce() throws IOException {
        String word = "1\tHi\tINTJ\tUH\tsoft.upos=INTJ/93;PROPN/7";

        List<LabelledSentence> corpus = read(rows(word) + "\n" + rows(word));

        assertThat(corpus.get(1).forms().get(0)).isSameAs(corpus.get(0).forms().get(0));
        assertThat(corpus.get(1).soft().getOrDefault("upos", List.of()).get(0))
                .isSameAs(corpus.get(0).soft().getOrDefault("upos", List.of()).get(0));
    }

    @Test
    void shouldNameFileAndLineOfARowWithTooFewColumns() {
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> read("# a comment\n1\tHi\tINTJ\n"))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .withMessageMatching(
                        "corpus .*broken\\.conllu, line 2: it has 3 tab-separated columns, CoNLL-U has 10");
    }

    @Test
    void shouldNoticeASentenceBorderThatIsMissing() {
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> read(rows("1\tHi\tINTJ\tUH", "1\tHo\tINTJ\tUH")))
                .withMessageContaining("line 2: the word's id is '1', expected 2");
    }

    @Test
    void shouldRefuseAnEmptyForm() {
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> read(rows("1\t\tINTJ\tUH")))
                .withMessageContaining("line 1: the word's form");
    }

    @Test
    void shouldRefuseWhatIsNoCorpusAtAll() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> ConlluReader.read(binary))
                .withMessageContaining("it is in UTF-16 by its byte order mark");
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> ConlluReader.read(Files.write(binary, new byte[] {'#', '\n', '#', (byte) 0xe9})))
                .withMessageContaining("line 2: it is not UTF-8 (byte 2 of the line is 0xe9)");
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> ConlluReader.read(folder.resolve("absent")))
                .withMessageContaining("there is no such file");
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> read("# nothing here\n\n"))
                .withMessageContaining("it holds no sentence");
        assertThatExceptionOfType(CorpusException.class)
                .isThrownBy(() -> ConlluReader.read(folder))
                .withMessageContaining("it is a directory");
    }

    private List<LabelledSentence> read(String text) throws IOException {
        return ConlluReader.read(Files.write(folder.resolve("broken.conllu"), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Rows of ten columns from {@code id form upos xpos} and perhaps {@code misc}. */
    private static String rows(String... words) {
        return Stream.of(words)
                .map(word -> word.split("\t", -1))
                .map(word -> String.join(
                                "\t",
                                word[0],
                                word[1],
                                "_",
                                word[2],
                                word[3],
                                "_",
                                "_",
                                "_",
                                "_",
                                word.length > 4 ? word[4] : "_")
                        + "\n")
                .collect(Collectors.joining());
    }
}
