package io.tagstream.cli;

import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.option.ModelSource;
import io.tagstream.settings.StreamSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.Results;
import io.tagstream.text.TextFile;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tags lines without Kafka. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Tags text without Kafka: one sentence per line in, one token per line out.",
            "Out: form, the label of each layer (upos and xpos) and score with tabs between, an empty line between sentences. A blank line in gives nothing, "
                    + "with --json a sentence without tokens."
        },
        footer = {
            "",
            "Examples:",
            "  echo 'I work at apple.' | tagstream tag",
            "  tagstream tag --document story.txt",
            "  tagstream tag --json story.txt | jq -r '.tokens[].tag'"
        })
final class TagCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE|-", description = "The text, UTF-8; - or nothing: standard input.")
    String file = "-";

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: ${DEFAULT-VALUE}).")
    String model = ModelSource.DEFAULT;

    @Option(names = "--json", description = "One TaggedSentence a line.")
    boolean json;

    @Option(names = "--document", description = "The lines are one document: carry the state over them.")
    boolean document;

    private boolean first = true;

    @Override
    public Integer call() throws IOException {
        Results out = Results.open();
        try {
            return tag(out);
        } finally {
            out.flush(); // what was tagged before the input broke off too
        }
    }

    private int tag(Results out) throws IOException {
        boolean clean = true;
        try (TaggerModel opened = ModelSource.open(model);
                SentenceTagger tagger = opened.newTagger();
                TextFile lines = input()) {
            Tokenizer tokenizer = Tokenizers.named(opened.contract().tokenizer());
            EventEncoder encoder = WireFormats.encoder(OutputFormat.JSON, Emit.SENTENCE);
            HiddenState zero = HiddenState.zero(opened.contract());
            HiddenState state = zero;
            long number = 0;
            long tagged = 0;
            for (byte[] line = lines.bytes(); line != null; line = lines.bytes()) {
                number++;
                String text = TextFile.utf8(line);
                List<Token> tokens = text == null ? List.of() : tokenizer.tokenize(text);
                if (text == null || tokens.size() > StreamSettings.DEFAULT_MAX_TOKENS) {
                    clean = false;
                    System.err.println("tagstream: line " + number + " of " + name() + " "
                            + (text == null
                                    ? "is not UTF-8: convert it; the line is left out"
                                    : "has " + tokens.size() + " tokens, more than " + StreamSettings.DEFAULT_MAX_TOKENS
                                            + ": split it; the line is left out"));
                    continue;
                }
                TaggedText result = tagger.tag(tokens, state);
                tagged++;
                if (json) {
                    OutgoingSentence sentence = new OutgoingSentence(
                            "",
                            tagged,
                            opened.id(),
                            result.tokens(),
                            result.next().digest());
                    for (byte[] value : encoder.encode(sentence)) {
                        out.write(value);
                        out.write('\n');
                    }
                } else {
                    print(result.tokens(), opened.contract().labelLayers(), out);
                }
                if (document) {
                    state = result.next();
                }
                if (!lines.ready()) {
                    out.flush();
                }
                if (out.isBroken()) {
                    break; // the reader of a pipe has gone: nobody is left to write for
                }
            }
        }
        return clean ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(List<TokenTags> tokens, List<LabelLayer> layers, PrintStream out) {
        if (tokens.isEmpty()) {
            return;
        }
        if (!first) {
            out.print('\n');
        }
        first = false;
        for (TokenTags token : tokens) {
            out.print(token.token().form());
            out.print('\t');
            out.print(token.tag());
            for (LabelLayer layer : layers.subList(1, layers.size())) {
                out.print('\t');
                out.print(token.tags().get(layer.name()));
            }
            out.print('\t');
            out.print(String.format(Locale.ROOT, "%.4f", token.score()));
            out.print('\n');
        }
    }

    private TextFile input() throws IOException {
        if (file.equals("-")) {
            return TextFile.of(System.in, name());
        }
        if (Files.isDirectory(Path.of(file))) {
            throw CommandException.usage(file + " is a directory: name a file with one sentence per line");
        }
        return TextFile.open(Path.of(file));
    }

    private String name() {
        return file.equals("-") ? "standard input" : file;
    }
}
