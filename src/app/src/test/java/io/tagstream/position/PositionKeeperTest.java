package io.tagstream.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.stream.InvalidSettingException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionKeeperTest {
    private static final Uuid TOPIC = new Uuid(1, 2);

    private final Map<Bytes, byte[]> stored = new HashMap<>();
    private final List<String> gaps = new ArrayList<>();

    @Test
    void shouldStoreTheOffsetAfterEachRecord() {
        PositionKeeper keeper = keeper();

        assertThat(keeper.advance("in", 0, 5)).isTrue();
        assertThat(keeper.advance("in", 0, 8)).isTrue();
        assertThat(keeper.advance("other", 0, 3)).isTrue();

        assertThat(position("in")).isEqualTo(new InputPosition(TOPIC, 9));
        assertThat(position("other")).isEqualTo(new InputPosition(Uuid.ZERO_UUID, 4));
        assertThat(gaps).isEmpty();
    }

    @Test
    void shouldSkipWhatWasProcessedBefore() {
        store(TOPIC, 7);
        PositionKeeper keeper = keeper();

        assertThat(keeper.advance("in", 0, 6)).isFalse();
        assertThat(keeper.advance("in", 0, 7)).isTrue();
        assertThat(position("in").offset()).isEqualTo(8);
    }

    @Test
    void shouldAskWhatLiesBeforeTheFirstRecordThatIsNotTheNext() {
        store(TOPIC, 7);
        PositionKeeper keeper = keeper();

        assertThat(keeper.advance("in", 0, 9)).isTrue();
        assertThat(keeper.advance("in", 0, 12)).isTrue();

        assertThat(gaps).containsExactly("in-0 7 9");
    }

    @Test
    void shouldStoreNothingWhereRecordsWereSkipped() {
        store(TOPIC, 7);
        GapCheck refusing = (partition, position, offset) -> {
            throw new InvalidSettingException("moved");
        };
        PositionKeeper keeper = keeper(refusing);

        assertThatThrownBy(() -> keeper.advance("in", 0, 9)).hasMessage("moved");
        assertThatThrownBy(() -> keeper.advance("in", 0, 9)).hasMessage("moved");
        assertThat(position("in").offset()).isEqualTo(7);
    }

    @Test
    void shouldNotCompareWithThePositionInAnotherTopic() {
        store(new Uuid(9, 9), 7);

        assertThat(keeper().advance("in", 0, 2)).isTrue();
        assertThat(position("in")).isEqualTo(new InputPosition(TOPIC, 3));
        assertThat(gaps).isEmpty();
    }

    private PositionKeeper keeper() {
        return keeper((partition, position, offset) -> gaps.add(partition + " " + position + " " + offset));
    }

    @SuppressWarnings("unchecked")
    private PositionKeeper keeper(GapCheck check) {
        KeyValueStore<Bytes, byte[]> store = (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    Bytes key = (Bytes) arguments[0];
                    return method.getName().equals("put") ? put(key, (byte[]) arguments[1]) : stored.get(key);
                });
        return new PositionKeeper(
                store, new InputTracking(Map.of("in", TOPIC), Map.of(), new MissingRecordCounts(), check));
    }

    private @Nullable Object put(Bytes key, byte[] value) {
        stored.put(key, value);
        return null;
    }

    private void store(Uuid topic, long offset) {
        stored.put(InputPositionCodec.key("in"), InputPositionCodec.encode(new InputPosition(topic, offset)));
    }

    private InputPosition position(String topic) {
        return InputPositionCodec.decode(stored.getOrDefault(InputPositionCodec.key(topic), new byte[0]));
    }
}
