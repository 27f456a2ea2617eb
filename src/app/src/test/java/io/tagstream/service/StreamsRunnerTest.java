package io.tagstream.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.admin.StreamFailedException;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.topology.TaggingParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsRunnerTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSayThatNoBrokerAnswers() {
        StreamSettings settings = StreamSettings.builder("127.0.0.1:1")
                .stateDir(directory)
                .startTimeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(StreamFailedException.class)
                .hasMessageContainingAll("no Kafka broker answered at 127.0.0.1:1", "speaks PLAINTEXT", "waited 0.5 s");
    }

    @Test
    void shouldSayThatTheBrokersAreNoAddress() {
        StreamSettings settings =
                StreamSettings.builder("nonsense").stateDir(directory).build();

        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void shouldSayThatTheStateDirectoryCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        StreamSettings settings =
                StreamSettings.builder("127.0.0.1:1").stateDir(file).build();

        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(file.toString(), "--state-dir");
    }

    private static void start(StreamSettings settings) {
        try (TaggerModel model = TinyModels.lstm().open();
                StreamsRunner runner =
                        StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
            runner.stop();
        }
    }
}
