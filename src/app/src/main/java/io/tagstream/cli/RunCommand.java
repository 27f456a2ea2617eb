package io.tagstream.cli;

import io.tagstream.infer.TaggerModel;
import io.tagstream.local.NativeLibraries;
import io.tagstream.option.ApplicationOptions;
import io.tagstream.option.DurationConverter;
import io.tagstream.option.FieldOptions;
import io.tagstream.option.InputOptions;
import io.tagstream.option.KeySourceConverter;
import io.tagstream.option.ModelSource;
import io.tagstream.option.StreamOptions;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.KeySource;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.ForeignStatePolicy;
import io.tagstream.terminal.ExitCode;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.Emit;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the application against a Kafka cluster until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Tags a topic, exactly once, with a state for every stream.",
            "Settings: defaults < --config FILE < environment (TAGSTREAM_BOOTSTRAP_SERVERS=...) < flags. SIGTERM and Ctrl-C finish the "
                    + "open transaction and stop within --shutdown-timeout with exit code 0."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream run --bootstrap-servers localhost:9092 --input-format text",
            "  tagstream run --config tagstream.properties --threads 2 --kafka max.poll.records=500",
            "  TAGSTREAM_BOOTSTRAP_SERVERS=localhost:9092 tagstream run --input-format json --output-format json",
            "  tagstream run --bootstrap-servers localhost:9092 --input-format json --text-field /message"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    StreamOptions options = new StreamOptions();

    @Mixin
    ApplicationOptions application = new ApplicationOptions();

    @Mixin
    InputOptions input = new InputOptions();

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description = "A name of this instance that outlives restarts, for static membership (default: none).")
    String instanceId = "";

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: ${DEFAULT-VALUE}).")
    String model = ModelSource.DEFAULT;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            description = "avro, json or text: the value is the sentence itself (default: ${DEFAULT-VALUE}).")
    InputFormat inputFormat = InputFormat.AVRO;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "avro or json (default: avro; json with --input-format text and with --text-field).")
    @Nullable
    OutputFormat outputFormat;

    @Option(
            names = "--emit",
            paramLabel = "UNIT",
            description = "One record a sentence or a token (default: ${DEFAULT-VALUE}).")
    Emit emit = Emit.SENTENCE;

    @Mixin
    FieldOptions fields = new FieldOptions();

    @Option(names = "--include-text", description = "Put out the text of each event too.")
    boolean includeText;

    @Option(
            names = "--key-from",
            paramLabel = "SOURCE",
            converter = KeySourceConverter.class,
            description =
                    "What names the stream of a record: key, partition, header:NAME, field:POINTER (a JSON pointer) or "
                            + "none (default: ${DEFAULT-VALUE}).")
    KeySource keyFrom = KeySource.KEY;

    @Option(
            names = "--memory",
            paramLabel = "KIND",
            description =
                    "stream: each stream has a state; none: every record is tagged from the zero state, without a store "
                            + "(default: stream; none with --key-from none).")
    @Nullable
    StreamMemory memory;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "A sentence of more tokens is a dead letter (default: ${DEFAULT-VALUE}).")
    int maxTokens = StreamSettings.DEFAULT_MAX_TOKENS;

    @Option(
            names = "--state-ttl",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "A stream starts afresh when its next event's timestamp is more than this after its last one's "
                            + "(default: ${DEFAULT-VALUE}, never).")
    Duration stateTtl = StreamSettings.NO_EXPIRY;

    @Option(
            names = "--foreign-state",
            paramLabel = "POLICY",
            description =
                    "A stored state of another model or format: reset starts the stream afresh, fail stops (default: ${DEFAULT-VALUE}).")
    ForeignStatePolicy foreignState = ForeignStatePolicy.RESET;

    @Option(names = "--threads", paramLabel = "N", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    int threads = StreamSettings.DEFAULT_THREADS;

    @Option(
            names = "--standby-replicas",
            paramLabel = "N",
            description = "Copies of each state kept warm on other instances (default: ${DEFAULT-VALUE}).")
    int standbyReplicas;

    @Option(
            names = "--commit-interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Time between transactions, what read_committed readers wait for (default: ${DEFAULT-VALUE}).")
    Duration commitInterval = StreamSettings.DEFAULT_COMMIT_INTERVAL;

    @Option(names = "--no-create-topics", description = "A missing topic is an error.")
    boolean noCreateTopics;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long a stop may take (default: ${DEFAULT-VALUE}).")
    Duration shutdownTimeout = StreamSettings.DEFAULT_SHUTDOWN_TIMEOUT;

    @Option(
            names = "--health-file",
            paramLabel = "FILE",
            description = "Holds the application's state (RUNNING) and is written again every 5 s (default: none).")
    @Nullable
    Path healthFile;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        StreamSettings settings = settings();
        try (NativeLibraries libraries = NativeLibraries.open();
                TaggerModel opened = ModelSource.open(model)) {
            String tokenizer = opened.contract().tokenizer();
            Tokenizers.named(tokenizer); // a model that names an unknown one fails here, not at the first record
            Stop stop = new Stop(libraries);
            Runtime.getRuntime().addShutdownHook(new Thread(stop::asked, "tagstream-shutdown"));
            StreamsRunner runner = stop.starting(() -> StreamsLaunch.start(
                    settings, TaggingParts.of(settings, opened, () -> Tokenizers.named(tokenizer))));
            LOG.info(
                    "started: {} into {} by model {} as {}",
                    settings.topics().input(),
                    settings.topics().output(),
                    opened.id(),
                    settings.applicationId());
            try (runner) {
                runner.awaitStop();
            }
        }
        return ExitCode.OK;
    }

    /** The JVM's own exit code after a signal is 128 and more; having stopped as asked is success, at the start too. */
    private static final class Stop {
        private final NativeLibraries libraries;
        private volatile boolean starting;
        private volatile @Nullable StreamsRunner runner;

        Stop(NativeLibraries libraries) {
            this.libraries = libraries;
        }

        StreamsRunner starting(Supplier<StreamsRunner> start) {
            starting = true;
            try {
                StreamsRunner started = start.get();
                runner = started;
                return started;
            } finally {
                starting = false;
            }
        }

        /** On a signal, and also where the process ends by itself. */
        void asked() {
            boolean waiting = starting;
            StreamsRunner running = runner;
            if (running == null) {
                if (waiting) {
                    halt(ExitCode.OK);
                }
                return;
            }
            boolean asked = running.isRunning();
            boolean clean = running.stop();
            if (asked) {
                halt(clean ? ExitCode.OK : ExitCode.FAILED);
            }
        }

        /** No other hook runs, nor does what deletes files on exit. */
        private void halt(int exitCode) {
            libraries.close();
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private StreamSettings settings() {
        StreamSettings.Builder settings = options.settings(spec, !noCreateTopics)
                .instanceId(instanceId)
                .inputPolicy(input.policy())
                .inputFormat(inputFormat)
                .emit(emit)
                .fields(fields.fields())
                .includeText(includeText)
                .keyFrom(keyFrom)
                .maxTokens(maxTokens)
                .stateTtl(stateTtl)
                .foreignState(foreignState)
                .threads(threads)
                .standbyReplicas(standbyReplicas)
                .commitInterval(commitInterval)
                .shutdownTimeout(shutdownTimeout)
                .healthFile(healthFile);
        if (outputFormat != null) {
            settings.outputFormat(outputFormat);
        }
        if (memory != null) {
            settings.memory(memory);
        }
        application.apply(settings);
        return settings.build();
    }
}
