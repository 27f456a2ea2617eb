package io.tagstream.identity;

import io.tagstream.settings.StreamSettings;
import io.tagstream.state.StreamStateCodec;
import io.tagstream.stream.InvalidSettingException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * @param statesStart the sum of the first offsets of the changelog of the states: it grows only where records are deleted
 */
public record ApplicationIdentity(
        Map<String, Uuid> inputs,
        int partitions,
        String keyFrom,
        String memory,
        int stateFormat,
        Map<String, Uuid> changelogs,
        long statesStart) {
    public ApplicationIdentity {
        inputs = Map.copyOf(inputs);
        changelogs = Map.copyOf(changelogs);
    }

    /** What settings and topics make of it. */
    static ApplicationIdentity of(
            StreamSettings settings,
            Map<String, Uuid> inputs,
            int partitions,
            Map<String, Uuid> changelogs,
            long statesStart) {
        return new ApplicationIdentity(
                inputs,
                partitions,
                settings.keyFrom().toString(),
                settings.memory().name().toLowerCase(Locale.ROOT),
                StreamStateCodec.FORMAT_VERSION,
                changelogs,
                statesStart);
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
        if (!inputs.keySet().equals(stored.inputs.keySet())) {
            throw differs(applicationId, "input topics", names(stored.inputs), names(inputs), "");
        }
        String reset = ", or let it start over with tagstream reset";
        if (!keyFrom.equals(stored.keyFrom)) {
            throw differs(applicationId, "--key-from", stored.keyFrom, keyFrom, reset);
        }
        if (!memory.equals(stored.memory)) {
            throw differs(applicationId, "--memory", stored.memory, memory, reset);
        }
        if (partitions != stored.partitions) {
            throw new InvalidSettingException(
                    partitionsDiffer(names(inputs), partitions, stored.partitions, applicationId));
        }
    }

    private static InvalidSettingException differs(
            String applicationId, String what, String stored, String now, String otherwise) {
        return new InvalidSettingException("the application " + applicationId + " was started with " + what + " "
                + stored + ", and this instance has " + now + ": choose another --application-id" + otherwise);
    }

    /** @throws InvalidSettingException if the application reads other topics than these */
    public void requireInputs(Collection<String> names, String applicationId) {
        if (!inputs.keySet().equals(Set.copyOf(names))) {
            throw new InvalidSettingException("the application " + applicationId + " reads " + names(inputs) + ", not "
                    + String.join(",", new TreeSet<>(names)) + ": give --input-topic " + names(inputs)
                    + ", or check --application-id");
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
