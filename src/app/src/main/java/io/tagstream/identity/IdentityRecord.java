package io.tagstream.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.position.InputPosition;
import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The value of the record in the identity topic: JSON, either what the application is, or, after a reset, where it begins.
 *
 * <pre>
 * {"version":1,"inputs":{"sentences":"TOPIC-ID"},"partitions":6,"key_from":"key","memory":"stream","state_format":1,
 *  "changelogs":{"APPLICATION-hidden-states-changelog":"TOPIC-ID",...},"states_start":0}
 * {"version":1,"reset":{"sentences":{"id":"TOPIC-ID","offsets":[0,0,0]}},"unfinished":true}
 * </pre>
 *
 * @param identity null after a reset
 * @param reset where each partition begins; empty where there is an identity
 * @param isUnfinished whether a reset has begun and has not said that it ended
 */
public record IdentityRecord(
        @Nullable ApplicationIdentity identity, Map<TopicPartition, InputPosition> reset, boolean isUnfinished) {
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public IdentityRecord {
        reset = Map.copyOf(reset);
    }

    static IdentityRecord of(ApplicationIdentity identity) {
        return new IdentityRecord(identity, Map.of(), false);
    }

    public static IdentityRecord ofReset(Map<TopicPartition, InputPosition> positions) {
        return new IdentityRecord(null, positions, false);
    }

    /** For a reset that begins. */
    public static IdentityRecord ofUnfinishedReset(Map<TopicPartition, InputPosition> positions) {
        return new IdentityRecord(null, positions, true);
    }

    byte[] encode() {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ApplicationIdentity is = identity;
        if (is != null) {
            put(root.putObject("inputs"), is.inputs());
            root.put("partitions", is.partitions())
                    .put("key_from", is.keyFrom())
                    .put("memory", is.memory())
                    .put("state_format", is.stateFormat());
            put(root.putObject("changelogs"), is.changelogs());
            root.put("states_start", is.statesStart());
        } else {
            ObjectNode topics = root.putObject("reset");
            if (isUnfinished) {
                root.put("unfinished", true);
            }
            List<TopicPartition> sorted = new ArrayList<>(reset.keySet());
            sorted.sort((a, b) -> a.topic().equals(b.topic())
                    ? Integer.compare(a.partition(), b.partition())
                    : a.topic().compareTo(b.topic()));
            for (TopicPartition partition : sorted) {
                InputPosition position = reset.getOrDefault(partition, new InputPosition(Uuid.ZERO_UUID, 0));
                ObjectNode topic = topics.withObject("/" + partition.topic());
                topic.put("id", position.topicId().toString());
                topic.withArray("offsets").add(position.offset());
            }
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(ObjectNode object, Map<String, Uuid> ids) {
        new TreeMap<>(ids).forEach((name, id) -> object.put(name, id.toString()));
    }

    /**
     * @param topic for the message
     * @throws InvalidSettingException if a newer build wrote it, or it is damaged
     */
    static IdentityRecord decode(byte[] value, String topic) {
        try {
            JsonNode root = JSON.readTree(value);
            int version = root.path("version").asInt();
            if (version != VERSION) {
                throw new InvalidSettingException("the record in topic " + topic + " has the version " + version
                        + ", and this build knows " + VERSION + ": run the build of Tagstream that wrote it");
            }
            return root.has("reset")
                    ? new IdentityRecord(
                            null,
                            positions(root.get("reset")),
                            root.path("unfinished").asBoolean())
                    : of(identity(root));
        } catch (IOException | IllegalArgumentException e) {
            if (e instanceof InvalidSettingException known) {
                throw known;
            }
            throw new InvalidSettingException("the record in topic " + topic + " is damaged (" + e.getMessage()
                    + "): let the application start over with tagstream reset");
        }
    }

    private static ApplicationIdentity identity(JsonNode root) {
        return new ApplicationIdentity(
                ids(root.path("inputs")),
                root.path("partitions").asInt(),
                root.path("key_from").asText(),
                root.path("memory").asText(),
                root.path("state_format").asInt(),
                ids(root.path("changelogs")),
                root.path("states_start").asLong());
    }

    private static Map<String, Uuid> ids(JsonNode object) {
        Map<String, Uuid> ids = new HashMap<>();
        object.properties()
                .forEach(field ->
                        ids.put(field.getKey(), Uuid.fromString(field.getValue().asText())));
        return ids;
    }

    private static Map<TopicPartition, InputPosition> positions(JsonNode topics) {
        Map<TopicPartition, InputPosition> positions = new HashMap<>();
        topics.properties().forEach(topic -> {
            Uuid id = Uuid.fromString(topic.getValue().path("id").asText());
            JsonNode offsets = topic.getValue().path("offsets");
            for (int partition = 0; offsets instanceof ArrayNode && partition < offsets.size(); partition++) {
                positions.put(
                        new TopicPartition(topic.getKey(), partition),
                        new InputPosition(id, offsets.get(partition).asLong()));
            }
        });
        return positions;
    }
}
