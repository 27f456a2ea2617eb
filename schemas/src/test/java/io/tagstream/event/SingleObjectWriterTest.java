package io.tagstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SingleObjectWriterTest {
    @Test
    void shouldLeaveNothingOfAFailedRecordInTheNext() {
        SingleObjectWriter<SentenceEvent> writer = new SingleObjectWriter<>(SentenceEvent.getClassSchema());
        SentenceEvent good = new SentenceEvent("s", "text", null, false);
        byte[] first = writer.write(good);
        SentenceEvent bad = new SentenceEvent("written before the failure", null, Arrays.asList("a", null), false);
        assertThatThrownBy(() -> writer.write(bad)).isInstanceOf(RuntimeException.class);
        assertThat(writer.write(good)).isEqualTo(first);
    }
}
