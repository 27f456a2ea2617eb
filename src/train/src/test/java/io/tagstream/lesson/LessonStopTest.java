package io.tagstream.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LessonStopTest {
    @Test
    void shouldEndSoonAndWithoutAPageWhenAskedToStop() {
        List<String> notices = new ArrayList<>();
        try (TaggerModel model = TaggerModel.open(TinyModels.lstm().bytes(), "tiny")) {
            // Thorough, which would take minutes.
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(
                            () -> Lesson.html(model, LessonSettings.THOROUGH, notices::add, () -> notices.size() >= 2));
        }
        assertThat(notices).hasSize(2);
    }
}
