package io.tagstream.stream;

/** Every name that outlives a process or leaves it: topics, processors, the store, headers. */
public final class StreamNames {
    public static final String DEFAULT_APPLICATION_ID = "tagstream";
    public static final String DEFAULT_INPUT_TOPIC = "sentences";
    public static final String DEFAULT_OUTPUT_TOPIC = "tagged-tokens";
    public static final String DEFAULT_DEAD_LETTER_TOPIC = "sentences-dlq";

    public static final String SOURCE = "sentences-source";
    public static final String PROCESSOR = "tagging";
    public static final String SINK = "tagged-sink";
    /** The hidden states; its change log topic is {@code <application id>-hidden-states-changelog}. */
    public static final String STORE = "hidden-states";

    // Kafka Streams' own names for the headers of a dead letter (its constants are in an internal package).
    public static final String HEADER_EXCEPTION = "__streams.errors.exception";
    public static final String HEADER_MESSAGE = "__streams.errors.message";
    public static final String HEADER_TOPIC = "__streams.errors.topic";
    public static final String HEADER_PARTITION = "__streams.errors.partition";
    public static final String HEADER_OFFSET = "__streams.errors.offset";
    /** Of a dead letter that would not fit into its topic: what was left out, {@code value}, {@code key,value} and so on. */
    public static final String HEADER_OMITTED = "tagstream.omitted";

    private StreamNames() {}

    /** The change log topic of the store. */
    static String changelog(String applicationId) {
        return applicationId + "-" + STORE + "-changelog";
    }
}
