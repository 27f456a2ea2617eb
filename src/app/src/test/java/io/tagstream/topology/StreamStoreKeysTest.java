package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class StreamStoreKeysTest {
    @Test
    void shouldBeTheIdAloneWithOneInput() {
        StreamStoreKeys keys = new StreamStoreKeys(List.of("a"));
        assertThat(keys.of("a", key("b")).get()).isEqualTo(key("b"));
        assertThat(keys.of("a", new byte[] {0, (byte) 0xFF}).get()).isEqualTo(new byte[] {0, (byte) 0xFF});
    }

    @Test
    void shouldNeverBeTheSameForTwoTopics() {
        StreamStoreKeys keys = new StreamStoreKeys(List.of("a", "ab", "b", "x".repeat(249)));
        Set<Bytes> seen = new HashSet<>();
        for (String topic : List.of("a", "ab", "b", "x".repeat(249))) {
            for (String id : List.of("", "a", "b", "ab", "\u0001a", "\u0002ab", "x")) {
                assertThat(seen.add(keys.of(topic, key(id))))
                        .as("%s %s", topic, id)
                        .isTrue();
            }
        }
        assertThat(keys.of("ab", key("c")).get()).isEqualTo(key("\u0002abc"));
    }
}
