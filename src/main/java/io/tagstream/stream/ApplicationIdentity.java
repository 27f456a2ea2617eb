package io.tagstream.stream;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What an application is, stored where all its instances see it: two instances that differ in one of these would not share states and
 * positions but spoil them.
 *
 * @param inputs name to id of each input topic
 * @param partitions of each input topic, and so of the changelogs
 * @param keyFrom what names a stream, as the option says it
 * @param memory whether streams have a memory, as the option says it
 * @param stateFormat format version of the stored states
 * @param changelogs name to id of each changelog topic; empty without memory
 */
record ApplicationIdentity(
        Map<String, Uuid> inputs,
        int partitions,
        String keyFrom,
        String memory,
        int stateFormat,
        Map<String, Uuid> changelogs) {
    /** One thing in which two identities differ. */
    private record Difference(String what, String stored, String now) {}

    ApplicationIdentity {
        inputs = Map.copyOf(inputs);
        changelogs = Map.copyOf(changelogs);
    }

    /** What the settings make of it, still without changelogs. */
    static ApplicationIdentity of(StreamSettings settings, Map<String, Uuid> inputs, int partitions) {
        return new ApplicationIdentity(
                inputs, partitions, settings.keyFrom(), settings.memory(), StreamStateCodec.FORMAT_VERSION, Map.of());
    }

    ApplicationIdentity withChangelogs(Map<String, Uuid> ids) {
        return new ApplicationIdentity(inputs, partitions, keyFrom, memory, stateFormat, ids);
    }

    /**
     * Compares what this application is with what it was; the ids of topics are compared elsewhere.
     *
     * @param applicationId for the message
     * @throws InvalidSettingException with both values, if they differ
     */
    void requireSameAs(ApplicationIdentity stored, String applicationId) {
        if (stateFormat < stored.stateFormat) {
            throw new InvalidSettingException("the states of the application " + applicationId + " have the format "
                    + stored.stateFormat + ", and this build reads formats up to " + stateFormat
                    + ": run the newer build of Tagstream");
        }
        List<Difference> differences = List.of(
                new Difference("input topics", names(stored.inputs), names(inputs)),
                new Difference("--key-from", stored.keyFrom, keyFrom),
                new Difference("--memory", stored.memory, memory));
        for (Difference difference : differences) {
            if (!Objects.equals(difference.stored, difference.now)) {
                throw new InvalidSettingException("the application " + applicationId + " was started with "
                        + difference.what + " " + difference.stored + ", and this instance has " + difference.now
                        + ": choose another --application-id, or let it start over with tagstream reset");
            }
        }
        if (partitions != stored.partitions) {
            throw new InvalidSettingException(
                    partitionsDiffer(names(inputs), partitions, stored.partitions, applicationId));
        }
    }

    /** The sentence for an input whose number of partitions has changed. */
    static String partitionsDiffer(String input, int now, int before, String applicationId) {
        return "the input " + input + " has " + now + " partitions, but the states of the application " + applicationId
                + " are kept in " + before
                + ": streams would move away from their states; let the application start over"
                + " with tagstream reset, or choose another --application-id";
    }

    private static String names(Map<String, Uuid> topics) {
        return String.join(",", new TreeMap<>(topics).keySet());
    }

    /** The id of a changelog, or null where there is none. */
    @Nullable
    Uuid changelog(String name) {
        return changelogs.get(name);
    }
}
