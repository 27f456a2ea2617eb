package io.tagstream.command;

import io.tagstream.cli.TagstreamVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Trains a model. Options that are not given are null: {@link Training} knows the defaults, which need lib-train. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = TagstreamVersion.class,
        description = {
            "Trains a tagger on a labelled corpus by truncated back-propagation through time, all its label layers together, and writes it as "
                    + "one .onnx file that 'run' serves.",
            "A corpus is CoNLL-U, of which UPOS and XPOS are learned unless --layer says otherwise, or a file of columns: a word a line and "
                    + "its labels with tabs or blanks between, an empty line after each sentence, '# newdoc' where a document begins.",
            "Dev accuracy is shown after each epoch and the best epoch kept. Ctrl-C ends it with the best so far saved, and --resume goes on. "
                    + "The export is "
                    + "loaded again and checked against the trainer before it is done. The same seed gives the same file on the same machine."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream train --out my-model.onnx                      the treebank in $TAGSTREAM_DATA (default: data)",
            "  tagstream train --train train.conllu --dev dev.conllu --vectors glove.6B.100d.txt --out my-model.onnx",
            "  tagstream train --train chunks.tsv --dev chunks-dev.tsv --layer chunk --tokenizer whitespace --out chunks.onnx",
            "  tagstream train --hidden 128 --epochs 4 --seed 7 --out small.onnx"
        })
final class TrainCommand extends TrainOptions implements Callable<Integer> {
    @Override
    public Integer call() {
        return Training.run(this);
    }
}
