package io.tagstream.topology;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key under which the store keeps a stream. A stream is a topic and a key: with one input topic the key is the id of the stream,
 * any bytes; with several it is the length of the topic's name (one byte), the name (ASCII) and the id, so that streams of different
 * topics never share a state.
 */
final class StreamStoreKeys {
    /** Topic to what comes before the id; empty with one input. */
    private final Map<String, byte[]> prefixes = new HashMap<>();

    StreamStoreKeys(List<String> inputs) {
        if (inputs.size() > 1) {
            for (String topic : inputs) {
                byte[] name = topic.getBytes(US_ASCII);
                byte[] prefix = new byte[1 + name.length];
                prefix[0] = (byte) name.length; // 249 at most
                System.arraycopy(name, 0, prefix, 1, name.length);
                prefixes.put(topic, prefix);
            }
        }
    }

    Bytes of(String topic, byte[] id) {
        byte[] prefix = prefixes.get(topic);
        if (prefix == null) {
            return Bytes.wrap(id);
        }
        byte[] key = new byte[prefix.length + id.length];
        System.arraycopy(prefix, 0, key, 0, prefix.length);
        System.arraycopy(id, 0, key, prefix.length, id.length);
        return Bytes.wrap(key);
    }
}
