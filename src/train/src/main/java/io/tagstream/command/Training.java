package io.tagstream.command;

import io.tagstream.data.LayerColumn;
import io.tagstream.infer.TaggerModel;
import io.tagstream.option.Spelling;
import io.tagstream.recipe.CorpusFiles;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Optimizer;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.Treebank;
import io.tagstream.result.TrainReport;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.OutputFile;
import io.tagstream.terminal.StopSignal;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.train.ProgressBarListener;
import io.tagstream.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code train} does, apart from its options: this class needs lib-train. */
final class Training {
    private static final String SUFFIX = ".onnx";

    private Training() {}

    @SuppressWarnings("SystemConsoleNull") // of Java 17; from 22 on a bar in a log file does no harm
    static int run(TrainOptions options) {
        TrainSettings settings = settings(options);
        Path checkpoint = Trainer.checkpoint(options.out);
        if (!options.resume && Files.exists(checkpoint)) {
            System.err.println("starting over: the first epoch replaces " + checkpoint
                    + " of a training that was broken off; --resume would go on with that one");
        }
        ProgressBarListener progress = new ProgressBarListener(System.err, System.console() != null);
        try (StopSignal stop = new StopSignal()) {
            TrainReport report = Trainer.train(settings, page(options), options.resume, progress, stop);
            System.out.println(report.file());
            if (report.stopped() && Files.exists(checkpoint)) {
                System.err.println("to go on from the last whole epoch, give the same command with --resume");
            }
        } finally {
            progress.close();
        }
        return ExitCode.OK;
    }

    private static TrainSettings settings(TrainOptions options) {
        OutputFile.require(options.out, "the model file", "give --out");
        requireTokenizer(or(options.tokenizer, ModelIdentity.DEFAULT.tokenizer()));
        TaggerModel.requireRuntime();
        return new TrainSettings(
                new CorpusFiles(
                        corpus(options.train, "train"),
                        corpus(options.dev, "dev"),
                        options.silver,
                        LayerColumn.parse(options.labelLayers)),
                options.vectors,
                options.teachers,
                options.out,
                identity(options),
                network(options),
                learning(options));
    }

    /** Said now rather than when the model is used. */
    private static void requireTokenizer(String name) {
        if (!Tokenizers.names().contains(name)) {
            throw CommandException.usage("there is no tokenizer '" + name + "'"
                    + Spelling.didYouMean(
                            Spelling.closest(name, Tokenizers.names()),
                            ": use " + String.join(" or ", Tokenizers.names())));
        }
    }

    private static @Nullable Path page(TrainOptions options) {
        if (options.noReport) {
            return null;
        }
        if (options.report != null) {
            return options.report;
        }
        return options.out.toAbsolutePath().resolveSibling(stem(options.out) + ".report.html");
    }

    private static String stem(Path model) {
        String name = model.getFileName().toString();
        return name.endsWith(SUFFIX) && name.length() > SUFFIX.length()
                ? name.substring(0, name.length() - SUFFIX.length())
                : name;
    }

    /** The corpus that was named, or the treebank's part. */
    static Path corpus(@Nullable Path given, String part) {
        if (given != null) {
            return given;
        }
        Path file = Treebank.part(part);
        if (!Files.exists(file)) {
            throw CommandException.usage(
                    "there is no corpus " + file + ": get UD English EWT from the Universal Dependencies project "
                            + "and put it there, set " + Treebank.VARIABLE + ", or name a file with --" + part);
        }
        return file;
    }

    private static ModelIdentity identity(TrainOptions options) {
        ModelIdentity defaults = ModelIdentity.DEFAULT;
        return new ModelIdentity(
                or(options.name, stem(options.out)),
                or(options.language, defaults.language()),
                or(options.tokenizer, defaults.tokenizer()),
                precision(options.precision),
                or(options.data, defaults.data()),
                or(options.licence, defaults.licence()),
                or(options.date, defaults.date()));
    }

    private static Precision precision(@Nullable String name) {
        if (name == null) {
            return ModelIdentity.DEFAULT_PRECISION;
        }
        try {
            return Precision.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("there is no precision '" + name + "': choose fp32 or int8");
        }
    }

    private static NetworkSettings network(TrainOptions options) {
        NetworkSettings defaults = NetworkSettings.DEFAULT;
        int hidden = or(options.hidden, defaults.hidden());
        int backward = or(options.backward, options.bidirectional ? hidden : defaults.backwardHidden());
        if (options.bidirectional && backward == 0) {
            throw CommandException.usage("--bidirectional and --backward 0 contradict each other: leave one out");
        }
        return new NetworkSettings(
                or(options.cell, defaults.cell()),
                or(options.layers, defaults.layers()),
                hidden,
                backward,
                or(options.lookAhead, defaults.lookAhead()),
                options.window,
                defaults.wordWidth(),
                or(options.affixes, defaults.affixes()),
                or(options.affixWidth, defaults.affixWidth()),
                or(options.words, defaults.words()));
    }

    private static Optimizer optimizer(@Nullable String name) {
        if (name == null) {
            return LearningSettings.DEFAULT.optimizer();
        }
        try {
            return Optimizer.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("there is no optimizer '" + name + "': choose adam or sgd");
        }
    }

    private static double rate(Optimizer optimizer) {
        return optimizer == Optimizer.SGD ? LearningSettings.DEFAULT_SGD_RATE : LearningSettings.DEFAULT.learningRate();
    }

    private static LearningSettings learning(TrainOptions options) {
        Optimizer optimizer = optimizer(options.optimizer);
        LearningSettings defaults = LearningSettings.DEFAULT;
        return LearningSettings.builder()
                .epochs(or(options.epochs, defaults.epochs()))
                .seed(or(options.seed, defaults.seed()))
                .carry(defaults.carry() && !options.noCarry)
                .learningRate(or(options.learningRate, rate(optimizer)))
                .dropout(or(options.dropout, defaults.dropout()))
                .wordDropout(or(options.wordDropout, defaults.wordDropout()))
                .lowercaseShare(or(options.lowercaseShare, defaults.lowercaseShare()))
                .lowerNamesShare(or(options.lowerNamesShare, defaults.lowerNamesShare()))
                .nameSwap(or(options.nameSwap, defaults.nameSwap()))
                .distilling(or(options.distilling, defaults.distilling()))
                .optimizer(optimizer)
                .streams(or(options.streams, defaults.streams()))
                .silverShare(or(options.silverShare, defaults.silverShare()))
                .build();
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
