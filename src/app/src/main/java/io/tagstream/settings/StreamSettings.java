package io.tagstream.settings;

import static io.tagstream.settings.SettingCheck.require;

import io.tagstream.json.RecordFields;
import io.tagstream.stream.ForeignStatePolicy;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.stream.TaggingSettings;
import io.tagstream.wire.Emit;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the application can be told, checked as it is made. Start from {@link #builder}: it has the defaults.
 *
 * @param bootstrapServers where the brokers are, {@code host:port,host:port}
 * @param applicationId names the consumer group, the changelog topic and the state directory
 * @param instanceId a name of this instance that outlives restarts and that no other instance has (static membership: a
 *     restarted instance takes its partitions back at once); empty for none
 * @param topics the topics
 * @param inputPolicy where a new application begins, and what happens when the input is not what it left
 * @param inputFormat how sentences come in
 * @param outputFormat how tagged sentences go out
 * @param emit one record a sentence or a token
 * @param fields the fields to tag in records that have a shape of their own; null for sentence events
 * @param includeText whether the text of the event is put out too
 * @param keyFrom what names the stream of a record
 * @param memory whether streams have a memory
 * @param maxTokens a sentence of more tokens is a dead letter
 * @param maxRecordBytes the largest record that is put out; one that would be larger is a dead letter
 * @param stateTtl a stream whose next event's timestamp lies more than this after its last one's starts afresh; zero for never
 * @param foreignState what happens to a state of another model
 * @param threads stream threads
 * @param standbyReplicas copies of each state kept warm on other instances
 * @param commitInterval the time between transactions, what read_committed readers wait for
 * @param stateDir where the local copy of the states lies, in the folder {@code tagstream-states} that is made there
 * @param startTimeout how long the brokers may be away at the start; zero for as long as it takes
 * @param shutdownTimeout how long a stop may take
 * @param healthFile a file that holds the application's state while it runs, or null for none
 * @param kafkaProperties any other property of Kafka Streams and its clients
 */
public record StreamSettings(
        String bootstrapServers,
        String applicationId,
        String instanceId,
        TopicSettings topics,
        InputPolicy inputPolicy,
        InputFormat inputFormat,
        OutputFormat outputFormat,
        Emit emit,
        @Nullable RecordFields fields,
        boolean includeText,
        KeySource keyFrom,
        StreamMemory memory,
        int maxTokens,
        int maxRecordBytes,
        Duration stateTtl,
        ForeignStatePolicy foreignState,
        int threads,
        int standbyReplicas,
        Duration commitInterval,
        Path stateDir,
        Duration startTimeout,
        Duration shutdownTimeout,
        @Nullable Path healthFile,
        Map<String, String> kafkaProperties) {
    public static final int DEFAULT_MAX_TOKENS = TaggingSettings.DEFAULT_MAX_TOKENS;
    public static final int DEFAULT_MAX_RECORD_BYTES = TaggingSettings.DEFAULT_MAX_RECORD_BYTES;
    public static final Duration NO_EXPIRY = TaggingSettings.NO_EXPIRY;
    public static final int DEFAULT_THREADS = 1;
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(100);
    /** As the clients of Kafka, which wait for brokers that are away while they run. */
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ZERO;

    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    /** In bytes; causes, names and keys of a usual length fit into it many times. */
    public static final int SMALLEST_RECORD_LIMIT = 16 << 10;
    /** A transaction that stays open longer is aborted by the broker, so a commit must come well before (ms). */
    private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(5);

    /** @throws InvalidSettingException with one sentence on what is wrong */
    public StreamSettings {
        kafkaProperties = Map.copyOf(kafkaProperties);
        require(!stateDir.toString().isBlank(), "stateDir must not be empty");
        stateDir = stateDir.toAbsolutePath().normalize();
        require(!bootstrapServers.isBlank(), "bootstrapServers must be at least one host:port, got none");
        require(
                applicationId.matches("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,150}"),
                "applicationId must be 1 to 150 letters, digits, '.', '_' and '-', and not '.' or '..', got '"
                        + applicationId + "'");
        StreamNames.requireOthers(topics.all(), applicationId);
        require(
                instanceId.matches("[a-zA-Z0-9._-]{0,150}"),
                "instanceId must be at most 150 letters, digits, '.', '_' and '-', got '" + instanceId + "'");
        FormatRules.check(inputFormat, outputFormat, emit, includeText, fields, keyFrom, memory, stateTtl);
        require(maxTokens >= 1, "maxTokens must be at least 1, got " + maxTokens);
        require(
                maxRecordBytes >= SMALLEST_RECORD_LIMIT,
                "maxRecordBytes must be at least " + SMALLEST_RECORD_LIMIT + ", got " + maxRecordBytes);
        require(!stateTtl.isNegative(), "stateTtl must not be negative, got " + stateTtl);
        require(threads >= 1, "threads must be at least 1, got " + threads);
        require(standbyReplicas >= 0, "standbyReplicas must not be negative, got " + standbyReplicas);
        require(
                commitInterval.toMillis() >= 1 && commitInterval.compareTo(LONGEST_COMMIT_INTERVAL) <= 0,
                "commitInterval must be 1 ms to " + LONGEST_COMMIT_INTERVAL.toMillis() + " ms, got "
                        + commitInterval.toMillis() + " ms");
        require(!startTimeout.isNegative(), "startTimeout must not be negative, got " + startTimeout);
        require(!shutdownTimeout.isNegative(), "shutdownTimeout must not be negative, got " + shutdownTimeout);
        KafkaPropertyRules.check(kafkaProperties, maxRecordBytes);
        require(
                instanceId.isEmpty() || !isStreamsProtocol(kafkaProperties),
                "an instance id needs the group protocol classic: leave out --instance-id or the Kafka property "
                        + StreamsConfig.GROUP_PROTOCOL_CONFIG);
    }

    /** The application id where none is given. */
    static String defaultApplicationId(TopicSettings topics) {
        return StreamNames.DEFAULT_APPLICATION_ID_PREFIX + String.join("-", new TreeSet<>(topics.inputs()));
    }

    public boolean hasDefaultApplicationId() {
        return applicationId.equals(defaultApplicationId(topics));
    }

    /** What of these settings concerns tagging itself. */
    public TaggingSettings tagging() {
        return new TaggingSettings(maxTokens, maxRecordBytes, stateTtl, foreignState);
    }

    public boolean hasMemory() {
        return memory == StreamMemory.STREAM;
    }

    /** Whether the brokers assign the partitions (KIP-1071), not the instances among themselves. */
    public boolean isStreamsProtocol() {
        return isStreamsProtocol(kafkaProperties);
    }

    private static boolean isStreamsProtocol(Map<String, String> kafkaProperties) {
        return GroupProtocol.STREAMS.name().equalsIgnoreCase(kafkaProperties.get(StreamsConfig.GROUP_PROTOCOL_CONFIG));
    }

    /** Of the Kafka properties the names alone: passwords are among their values. */
    @Override
    public String toString() {
        return "StreamSettings[bootstrapServers=" + bootstrapServers + ", applicationId=" + applicationId + ", topics="
                + topics + ", stateDir=" + stateDir + ", kafkaProperties="
                + new TreeSet<>(kafkaProperties.keySet()) + "]";
    }

    /** The defaults, with these brokers. */
    public static Builder builder(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /** These settings, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Where the states lie unless told otherwise: {@code $XDG_STATE_HOME/tagstream}, or {@code ~/.local/state/tagstream}. It
     * outlives a reboot, unlike the temporary directory that is Kafka's default.
     */
    public static Path defaultStateDir() {
        String home = System.getenv("XDG_STATE_HOME");
        Path states = home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".local", "state")
                : Path.of(home);
        return states.resolve("tagstream");
    }

    /** Changes settings one by one; belongs to one thread. */
    public static final class Builder {
        private final String bootstrapServers;
        private @Nullable String applicationId;
        private String instanceId = "";
        private TopicSettings topics = TopicSettings.DEFAULT;
        private InputPolicy inputPolicy = InputPolicy.DEFAULT;
        private InputFormat inputFormat = InputFormat.AVRO;
        private @Nullable OutputFormat outputFormat;
        private Emit emit = Emit.SENTENCE;
        private @Nullable RecordFields fields;
        private boolean includeText;
        private KeySource keyFrom = KeySource.KEY;
        private @Nullable StreamMemory memory;
        private int maxTokens = DEFAULT_MAX_TOKENS;
        private int maxRecordBytes = DEFAULT_MAX_RECORD_BYTES;
        private Duration stateTtl = NO_EXPIRY;
        private ForeignStatePolicy foreignState = ForeignStatePolicy.RESET;
        private int threads = DEFAULT_THREADS;
        private int standbyReplicas;
        private Duration commitInterval = DEFAULT_COMMIT_INTERVAL;
        private Path stateDir = defaultStateDir();
        private Duration startTimeout = DEFAULT_START_TIMEOUT;
        private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;
        private @Nullable Path healthFile;
        private Map<String, String> kafkaProperties = Map.of();

        private Builder(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
        }

        private Builder(StreamSettings from) {
            bootstrapServers = from.bootstrapServers;
            applicationId = from.applicationId;
            instanceId = from.instanceId;
            topics = from.topics;
            inputPolicy = from.inputPolicy;
            inputFormat = from.inputFormat;
            outputFormat = from.outputFormat;
            emit = from.emit;
            fields = from.fields;
            includeText = from.includeText;
            keyFrom = from.keyFrom;
            memory = from.memory;
            maxTokens = from.maxTokens;
            maxRecordBytes = from.maxRecordBytes;
            stateTtl = from.stateTtl;
            foreignState = from.foreignState;
            threads = from.threads;
            standbyReplicas = from.standbyReplicas;
            commitInterval = from.commitInterval;
            stateDir = from.stateDir;
            startTimeout = from.startTimeout;
            shutdownTimeout = from.shutdownTimeout;
            healthFile = from.healthFile;
            kafkaProperties = from.kafkaProperties;
        }

        /** Unless it is set: {@code tagstream-INPUT}. */
        public Builder applicationId(String applicationId) {
            this.applicationId = applicationId;
            return this;
        }

        public Builder instanceId(String instanceId) {
            this.instanceId = instanceId;
            return this;
        }

        public Builder topics(TopicSettings topics) {
            this.topics = topics;
            return this;
        }

        public Builder inputPolicy(InputPolicy inputPolicy) {
            this.inputPolicy = inputPolicy;
            return this;
        }

        public Builder inputFormat(InputFormat inputFormat) {
            this.inputFormat = inputFormat;
            return this;
        }

        /** Unless it is set: JSON where the input is {@link InputFormat#TEXT} or fields are tagged, Avro otherwise. */
        public Builder outputFormat(OutputFormat outputFormat) {
            this.outputFormat = outputFormat;
            return this;
        }

        public Builder emit(Emit emit) {
            this.emit = emit;
            return this;
        }

        public Builder fields(@Nullable RecordFields fields) {
            this.fields = fields;
            return this;
        }

        public Builder includeText(boolean includeText) {
            this.includeText = includeText;
            return this;
        }

        public Builder keyFrom(KeySource keyFrom) {
            this.keyFrom = keyFrom;
            return this;
        }

        /** Unless it is set: {@link StreamMemory#NONE} where there are no streams, {@link StreamMemory#STREAM} otherwise. */
        public Builder memory(StreamMemory memory) {
            this.memory = memory;
            return this;
        }

        public Builder maxTokens(int maxTokens) {
            this.maxTokens = maxTokens;
            return this;
        }

        public Builder maxRecordBytes(int maxRecordBytes) {
            this.maxRecordBytes = maxRecordBytes;
            return this;
        }

        public Builder stateTtl(Duration stateTtl) {
            this.stateTtl = stateTtl;
            return this;
        }

        public Builder foreignState(ForeignStatePolicy foreignState) {
            this.foreignState = foreignState;
            return this;
        }

        public Builder threads(int threads) {
            this.threads = threads;
            return this;
        }

        public Builder standbyReplicas(int standbyReplicas) {
            this.standbyReplicas = standbyReplicas;
            return this;
        }

        public Builder commitInterval(Duration commitInterval) {
            this.commitInterval = commitInterval;
            return this;
        }

        public Builder stateDir(Path stateDir) {
            this.stateDir = stateDir;
            return this;
        }

        public Builder startTimeout(Duration startTimeout) {
            this.startTimeout = startTimeout;
            return this;
        }

        public Builder shutdownTimeout(Duration shutdownTimeout) {
            this.shutdownTimeout = shutdownTimeout;
            return this;
        }

        public Builder healthFile(@Nullable Path healthFile) {
            this.healthFile = healthFile;
            return this;
        }

        public Builder kafkaProperties(Map<String, String> kafkaProperties) {
            this.kafkaProperties = kafkaProperties;
            return this;
        }

        /** @throws InvalidSettingException with one sentence on what is wrong */
        public StreamSettings build() {
            OutputFormat format = outputFormat;
            if (format == null) {
                // Who sends plain lines reads plain text; records whose fields are tagged stay what they are.
                format = inputFormat == InputFormat.TEXT || fields != null ? OutputFormat.JSON : OutputFormat.AVRO;
            }
            StreamMemory remembers = memory;
            if (remembers == null) {
                remembers = keyFrom.kind() == KeySource.Kind.NONE ? StreamMemory.NONE : StreamMemory.STREAM;
            }
            KafkaPropertyRules.requireReadableStores(kafkaProperties);
            return new StreamSettings(
                    bootstrapServers,
                    applicationId == null ? defaultApplicationId(topics) : applicationId,
                    instanceId,
                    topics,
                    inputPolicy,
                    inputFormat,
                    format,
                    emit,
                    fields,
                    includeText,
                    keyFrom,
                    remembers,
                    maxTokens,
                    maxRecordBytes,
                    stateTtl,
                    foreignState,
                    threads,
                    standbyReplicas,
                    commitInterval,
                    stateDir,
                    startTimeout,
                    shutdownTimeout,
                    healthFile,
                    kafkaProperties);
        }
    }
}
