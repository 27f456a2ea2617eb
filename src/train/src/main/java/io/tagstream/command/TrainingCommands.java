package io.tagstream.command;

import io.tagstream.cli.CommandSource;
import io.tagstream.data.CorpusException;
import io.tagstream.recipe.TrainingException;
import io.tagstream.words.VectorFileException;
import java.util.List;
import picocli.CommandLine;

/** The commands of training and of scoring. */
public final class TrainingCommands implements CommandSource {
    /** For {@link java.util.ServiceLoader}. */
    public TrainingCommands() {}

    @Override
    public List<CommandLine> commands() {
        return List.of(
                new CommandLine(new TrainCommand()),
                new CommandLine(new CompareCommand()),
                new CommandLine(new LessonCommand()),
                new CommandLine(new EvaluateCommand()));
    }

    @Override
    public void prepare(List<CommandLine> commands) {
        TrainSections.show(commands.get(0));
    }

    @Override
    public boolean isMisuse(Exception failure) {
        return failure instanceof CorpusException
                || failure instanceof VectorFileException
                || isWithoutLibtorch(failure);
    }

    private static boolean isWithoutLibtorch(Exception failure) {
        return failure instanceof TrainingException && failure.getCause() instanceof LinkageError;
    }
}
