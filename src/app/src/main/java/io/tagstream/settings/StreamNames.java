package io.tagstream.settings;

import io.tagstream.stream.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;

/** Every name that outlives a process or leaves it: topics, processors, the store, headers. */
public final class StreamNames {
    /** The classes that Kafka Streams makes by name; the settings know them, and are below them. */
    public static final String DEAD_LETTER_HANDLER = "io.tagstream.service.DeadLetterHandler";

    public static final String PRODUCTION_HANDLER = "io.tagstream.service.ProductionFailureHandler";
    public static final String TIMESTAMP_EXTRACTOR = "io.tagstream.topology.EventTimeExtractor";

    /** The default application id is this and the input topic. */
    public static final String DEFAULT_APPLICATION_ID_PREFIX = "tagstream-";
    /** The default application id of builds before 0.1.0. */
    public static final String OLD_APPLICATION_ID = "tagstream";

    public static final String DEFAULT_INPUT_TOPIC = "sentences";
    public static final String DEFAULT_OUTPUT_TOPIC = "tagged-tokens";
    public static final String DEFAULT_DEAD_LETTER_TOPIC = "sentences-dlq";
    /** Where the input topic is named: what is put after its name. */
    public static final String OUTPUT_SUFFIX = "-tagged";

    public static final String DEAD_LETTER_SUFFIX = "-dlq";

    public static final String SOURCE = "sentences-source";
    public static final String PROCESSOR = "tagging";
    public static final String SINK = "tagged-sink";
    /** The hidden states; its changelog topic is {@code <application id>-hidden-states-changelog}. */
    public static final String STORE = "hidden-states";
    /** How far the input is processed; its changelog topic is {@code <application id>-positions-changelog}. */
    public static final String POSITIONS = "positions";

    // Kafka Streams' own names for the headers of a dead letter (its constants are in an internal package).
    public static final String HEADER_EXCEPTION = "__streams.errors.exception";
    public static final String HEADER_MESSAGE = "__streams.errors.message";
    public static final String HEADER_TOPIC = "__streams.errors.topic";
    public static final String HEADER_PARTITION = "__streams.errors.partition";
    public static final String HEADER_OFFSET = "__streams.errors.offset";
    /** Of a dead letter that would not fit into its topic: what was left out, {@code value}, {@code key,value} and so on. */
    public static final String HEADER_OMITTED = "tagstream.omitted";

    private StreamNames() {}

    /** The changelog topic of the store. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + STORE + "-changelog";
    }

    /** The changelog topic of the positions. */
    public static String positionsChangelog(String applicationId) {
        return applicationId + "-" + POSITIONS + "-changelog";
    }

    /** @throws InvalidSettingException if a topic of the user has the name of one that is the application's own */
    static void requireOthers(List<String> topics, String applicationId) {
        List<String> own =
                List.of(changelog(applicationId), positionsChangelog(applicationId), identity(applicationId));
        List<String> named = new ArrayList<>(topics);
        named.retainAll(own);
        if (!named.isEmpty()) {
            throw new InvalidSettingException("topic " + named.get(0) + " belongs to the application " + applicationId
                    + " itself: choose another topic, or another application id");
        }
    }

    /** The topic that says what an application is, and the transactional id of whoever writes it. */
    public static String identity(String applicationId) {
        return applicationId + "-identity";
    }
}
