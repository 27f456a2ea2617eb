package io.tagstream.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.position.InputPosition;
import io.tagstream.stream.InvalidSettingException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class IdentityRecordTest {
    private static final ApplicationIdentity IDENTITY = new ApplicationIdentity(
            Map.of("a.b", new Uuid(1, 2), "c", new Uuid(3, 4)),
            6,
            "key",
            "stream",
            1,
            Map.of("app-hidden-states-changelog", new Uuid(5, 6)),
            7);

    @Test
    void shouldReadWhatItWrites() {
        IdentityRecord reset = IdentityRecord.ofReset(Map.of(
                new TopicPartition("a.b", 0), new InputPosition(new Uuid(1, 2), 7),
                new TopicPartition("a.b", 1), new InputPosition(new Uuid(1, 2), 0)));

        assertThat(IdentityRecord.decode(IdentityRecord.of(IDENTITY).encode(), "t")
                        .identity())
                .isEqualTo(IDENTITY);
        assertThat(IdentityRecord.decode(reset.encode(), "t")).isEqualTo(reset);
        IdentityRecord unfinished = IdentityRecord.ofUnfinishedReset(reset.reset());
        assertThat(IdentityRecord.decode(unfinished.encode(), "t")).isEqualTo(unfinished);
    }

    @Test
    void shouldRefuseWhatANewerBuildWroteOrWhatIsDamaged() {
        assertThatThrownBy(() -> IdentityRecord.decode("{\"version\":2}".getBytes(UTF_8), "app-identity"))
                .hasMessageContainingAll("app-identity", "version 2");
        assertThatThrownBy(() -> IdentityRecord.decode("{\"version\":".getBytes(UTF_8), "app-identity"))
                .hasMessageContainingAll("app-identity", "damaged");
    }

    @Test
    void shouldNameBothValuesOfWhatDiffers() {
        assertDiffers(
                new ApplicationIdentity(Map.of("d", new Uuid(1, 2)), 6, "key", "stream", 1, Map.of(), 0), "a.b,c", "d");
        assertDiffers(
                new ApplicationIdentity(IDENTITY.inputs(), 6, "partition", "stream", 1, Map.of(), 0),
                "key",
                "partition");
        assertDiffers(new ApplicationIdentity(IDENTITY.inputs(), 6, "key", "none", 1, Map.of(), 0), "stream", "none");
        assertDiffers(new ApplicationIdentity(IDENTITY.inputs(), 8, "key", "stream", 1, Map.of(), 0), "6", "8");
        assertDiffers(new ApplicationIdentity(IDENTITY.inputs(), 6, "key", "stream", 0, Map.of(), 0), "1", "0");
        new ApplicationIdentity(IDENTITY.inputs(), 6, "key", "stream", 2, Map.of(), 0).requireSameAs(IDENTITY, "app");
    }

    private static void assertDiffers(ApplicationIdentity now, String stored, String value) {
        assertThatThrownBy(() -> now.requireSameAs(IDENTITY, "app"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("app", stored, value);
    }
}
