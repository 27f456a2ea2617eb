package io.tagstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.Cell;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.CorpusFiles;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
    private final List<LabelledSentence> corpus = MiniCorpus.sentences();

    @TempDir
    private Path folder;

    @Test
    void shouldLearnThreeExamplesByHeart() {
        // Three times over, since a word or an affix must be seen as often for an id of its own.
        List<LabelledSentence> three = Collections.nCopies(3, corpus.subList(0, 3)).stream()
                .flatMap(List::stream)
                .toList();
        LearningSettings nothingDropped = MiniCorpus.plain(60).build();
        Listening listener = new Listening();

        TrainReport report = Trainer.train(
                settings("three", MiniCorpus.SMALL, nothingDropped, Precision.FP32),
                three,
                three,
                listener,
                () -> false);

        double first = listener.epochs.get(0).loss();
        double last = listener.epochs.get(59).loss();
        assertThat(last).isLessThan(first / 10);
        assertThat(report.fp32().accuracy()).containsEntry("upos", 100.0);
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM,1,0,1,false",
        "LSTM,2,0,0,false",
        "LSTM,1,6,2,false",
        "RNN,1,0,1,false",
        "RNN,2,5,0,false",
        "LSTM,1,0,1,true",
        "LSTM,1,6,2,true",
        "RNN,2,5,1,true"
    })
    void shouldExportWhatItTrained(Cell cell, int layers, int backwardHidden, int lookAhead, boolean window) {
        NetworkSettings network = MiniCorpus.network(cell, layers, 10, backwardHidden, lookAhead, window, 8, 4);

        TrainReport report = train("parity", network, MiniCorpus.epochs(3), Precision.FP32);

        assertThat(report.largestDifference()).isPositive().isLessThan(1e-5);
        try (TaggerModel model = TaggerModel.open(report.file())) {
            assertThat(model.contract().cell()).isEqualTo(cell);
            assertThat(model.contract().labelLayers())
                    .extracting(LabelLayer::name)
                    .containsExactly("upos", "xpos");
            assertThat(Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN)
                            .accuracy())
                    .isEqualTo(report.saved().accuracy());
        }
    }

    @Test
    void shouldLearnFromATeacherAlone() {
        Path teacher = train("teacher", MiniCorpus.SMALL, MiniCorpus.epochs(25), Precision.FP32)
                .file();
        LearningSettings teacherAlone =
                MiniCorpus.plain(60).distilling(1).averaging(0.9).build();

        TrainReport report = Trainer.train(taught(teacher, teacherAlone), corpus, corpus, new Listening(), () -> false);

        assertThat(report.fp32().accuracy().getOrDefault("upos", 0.0)).isGreaterThan(70);
    }

    @Test
    void shouldLearnAWordThatOnlyTheMachineLabelledTextHas() throws IOException {
        // "zubbel" stands where any noun could, and only the text that a machine labelled says that it is an adverb.
        Path silver = folder.resolve("silver.conllu");
        String sentence = "1\tThe\t_\tDET\tDT\t_\t_\t_\t_\t_\n2\tzubbel\t_\tADV\tRB\t_\t_\t_\t_\t"
                + "soft.upos=ADV/90;QQQ/10|soft.xpos=RB/80;NN/20\n3\tworks\t_\tVERB\tVBZ\t_\t_\t_\t_\t_\n\n";
        Files.writeString(silver, ("# newdoc\n" + sentence).repeat(12));
        TrainSettings plain =
                settings("silver", MiniCorpus.SMALL, MiniCorpus.plain(25).build(), Precision.FP32);
        TrainSettings settings = new TrainSettings(
                new CorpusFiles(MiniCorpus.FILE, MiniCorpus.FILE, List.of(silver, silver), List.of()),
                null,
                List.of(),
                plain.out(),
                plain.identity(),
                plain.network(),
                plain.learning());
        List<RunSize> sizes = new ArrayList<>();

        TrainReport report = Trainer.train(settings, new TrainListener() {
            @Override
            public void started(RunSize size) {
                sizes.add(size);
            }
        });

        assertThat(sizes).singleElement().satisfies(size -> {
            assertThat(size.silverTokens()).isEqualTo(72);
            assertThat(size.shown()).isEqualTo(25L * (62 + 24));
        });
        assertThat(tags(report.file(), "The", "zubbel", "works")).containsExactly("DET", "ADV", "VERB");
        assertThat(report.saved().accuracy().getOrDefault("upos", 0.0)).isGreaterThan(70);
        try (TaggerModel model = TaggerModel.open(report.file())) {
            assertThat(model.contract().provenance().data())
                    .isEqualTo("mini; with text labelled by a machine: silver.conllu, silver.conllu");
        }
        Path without = Trainer.train(plain, TrainListener.SILENT).file();
        assertThat(tags(without, "The", "zubbel", "works")).doesNotContain("ADV");
    }

    private static List<String> tags(Path file, String... forms) {
        try (TaggerModel model = TaggerModel.open(file);
                SentenceTagger tagger = model.newTagger()) {
            return tagger
                    .tag(Stream.of(forms).map(Token::of).toList(), HiddenState.zero(model.contract()))
                    .tokens()
                    .stream()
                    .map(TokenTags::tag)
                    .toList();
        }
    }

    @Test
    void shouldRefuseATeacherOfOtherLabels() {
        Path teacher = folder.resolve("tiny.onnx");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> {
                    Files.write(teacher, TinyModels.lstm().bytes());
                    Trainer.train(taught(teacher, MiniCorpus.epochs(1)), corpus, corpus, new Listening(), () -> false);
                })
                .withMessageContaining("has no layer 'upos' of the training corpus's labels");
    }

    private TrainSettings taught(Path teacher, LearningSettings learning) {
        TrainSettings plain = settings("taught", MiniCorpus.SMALL, learning, Precision.FP32);
        return new TrainSettings(
                plain.corpora(),
                plain.vectors(),
                List.of(teacher),
                plain.out(),
                plain.identity(),
                plain.network(),
                plain.learning());
    }

    @Test
    void shouldSaveInt8NearlyAsGoodAsFp32AndSayHowGood() {
        TrainReport report = train("int8", MiniCorpus.SMALL, MiniCorpus.epochs(25), Precision.INT8);

        double fp32 = report.fp32().accuracy().getOrDefault("upos", 0.0);
        double int8 = report.saved().accuracy().getOrDefault("upos", 0.0);
        assertThat(fp32).isGreaterThan(70);
        assertThat(int8).isGreaterThan(fp32 - 2);
        try (TaggerModel model = TaggerModel.open(report.file())) {
            assertThat(model.contract().precision()).isEqualTo("int8");
            assertThat(model.contract().provenance().seed()).isEqualTo("5");
            assertThat(model.contract().provenance().date()).isEmpty();
            assertThat(model.contract().provenance().devAccuracy()).startsWith(String.format("upos %.2f %%", int8));
        }
    }

    @Test
    void shouldGiveTheSameFileForTheSameSeed() throws IOException {
        byte[] once = bytes(train("once", MiniCorpus.SMALL, MiniCorpus.epochs(2), Precision.INT8));
        byte[] again = bytes(train("again", MiniCorpus.SMALL, MiniCorpus.epochs(2), Precision.INT8));
        LearningSettings otherSeed = MiniCorpus.learning(2).seed(6).build();
        byte[] other = bytes(train("other", MiniCorpus.SMALL, otherSeed, Precision.INT8));

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void shouldSaveTheBestSoFarWhenAskedToStop() {
        Listening listener = new Listening();
        TrainSettings settings = settings("stopped", MiniCorpus.SMALL, MiniCorpus.epochs(1000), Precision.FP32);

        TrainReport report = Trainer.train(settings, corpus, corpus, listener, () -> listener.epochs.size() >= 4);

        assertThat(report.stopped()).isTrue();
        assertThat(listener.stopped).isTrue();
        assertThat(listener.epochs).hasSize(4).allMatch(EpochReport::isWhole);
        double best = listener.epochs.stream()
                .mapToDouble(epoch -> epoch.devAccuracy().getOrDefault("upos", 0.0))
                .max()
                .orElseThrow();
        assertThat(report.saved().accuracy()).containsEntry("upos", best);
        assertThat(report.file()).exists();
    }

    @Test
    void shouldSaveWhatThereIsWhenStoppedInTheFirstEpoch() {
        Listening listener = new Listening();
        TrainSettings settings = settings("early", MiniCorpus.SMALL, MiniCorpus.epochs(9), Precision.FP32);

        TrainReport report = Trainer.train(settings, corpus, corpus, listener, () -> listener.steps >= 3);

        assertThat(listener.steps).isEqualTo(3);
        assertThat(report.epoch()).isEqualTo(1);
        // Three steps of four streams, of 62 sentences.
        assertThat(listener.epochs).singleElement().satisfies(epoch -> {
            assertThat(epoch.share()).isEqualTo(12 / 62.0);
            assertThat(epoch.isWhole()).isFalse();
        });
        assertThat(report.file()).exists();
    }

    @Test
    void shouldTrainOnTheLayersThatTheCorpusHas() {
        List<LabelledSentence> uposOnly = corpus.stream()
                .map(sentence -> new LabelledSentence(
                        sentence.id(),
                        sentence.text(),
                        sentence.forms(),
                        Map.of("upos", sentence.labels().getOrDefault("upos", List.of())),
                        sentence.beginsDocument()))
                .toList();

        TrainReport report = Trainer.train(
                settings("upos", MiniCorpus.SMALL, MiniCorpus.epochs(2), Precision.FP32),
                uposOnly,
                uposOnly,
                TrainListener.SILENT,
                () -> false);

        assertThat(report.saved().accuracy()).containsOnlyKeys("upos");
    }

    @Test
    void shouldRefuseACorpusWithoutLabels() {
        List<LabelledSentence> bare = List.of(new LabelledSentence("", null, List.of("Hi"), Map.of(), true));

        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Trainer.train(
                        settings("bare", MiniCorpus.SMALL, MiniCorpus.epochs(1), Precision.FP32),
                        bare,
                        bare,
                        TrainListener.SILENT,
                        () -> false))
                .withMessageContaining("neither UPOS nor XPOS");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Trainer.train(
                        settings("bare", MiniCorpus.SMALL, MiniCorpus.epochs(1), Precision.FP32),
                        corpus,
                        bare,
                        TrainListener.SILENT,
                        () -> false))
                .withMessageContaining("the dev corpus has no 'upos' labels");
    }

    private TrainReport train(String name, NetworkSettings network, LearningSettings learning, Precision precision) {
        return Trainer.train(settings(name, network, learning, precision), TrainListener.SILENT);
    }

    private TrainSettings settings(
            String name, NetworkSettings network, LearningSettings learning, Precision precision) {
        return MiniCorpus.settings(folder.resolve(name + ".onnx"), network, learning, precision);
    }

    private static byte[] bytes(TrainReport report) throws IOException {
        return Files.readAllBytes(report.file());
    }

    private static final class Listening implements TrainListener {
        private final List<EpochReport> epochs = new ArrayList<>();
        private int steps;
        private boolean stopped;

        @Override
        public void advanced(long done, double loss) {
            steps++;
        }

        @Override
        public void epochEnded(EpochReport report) {
            epochs.add(report);
        }

        @Override
        public void stopped() {
            stopped = true;
        }
    }
}
