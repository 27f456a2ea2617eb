package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import io.tagstream.fixture.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The output topic refuses what the application has tagged. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class OutputFaultsIT {
    private static final int CHUNK = 300;
    private static final int LARGE = 5;
    private static final int TIMES = 3;
    /** What the topic takes at the start, and what it takes then, in bytes. */
    private static final String ALL = Integer.toString(8 << 20);

    private static final String SMALL = "20000";

    /** Tagged, such a sentence is larger than the small limit and smaller than the other. */
    private static final int WORDS = 2_000;

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingWhereTheTopicTakesLessThanItDid(Model model, Stage stage) throws Exception {
        stage.run("output topic refuses: record too large", model, trial -> {
            Application application = trial.startNamed("a");
            for (int time = 0; time < trial.times(TIMES); time++) {
                trial.feed(withLarge(trial, time, false));
                trial.awaitDrained(application);
                trial.group().set(trial.topics().output(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, SMALL);
                trial.struck();
                // What was taken yesterday stops it; it learns the new limit at the next start, and makes dead letters.
                trial.feed(withLarge(trial, time, true));
                application.awaitFailure("larger");
                application = trial.startNamed("a");
                trial.awaitDrained(application);
                trial.group().set(trial.topics().output(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, ALL);
                application.terminate();
                application.awaitStopped();
                application = trial.startNamed("a");
                // All is committed already: it could be stopped before it knows how to.
                application.awaitRunning();
            }
            return new Application[] {application};
        });
    }

    /** Usual records with some large ones between, which are bad where the topic does not take them. */
    private static List<Input> withLarge(Trial trial, int time, boolean refused) {
        List<Input> inputs = new ArrayList<>(trial.mixed(CHUNK));
        for (int large = 0; large < LARGE; large++) {
            int at = trial.random().nextInt(inputs.size());
            String[] words = "all work and no play ".repeat(WORDS / 5).split(" ");
            String stream = inputs.get(at).stream();
            byte[] value = Sentences.tokens("large-" + time + "-" + refused + "-" + large, words);
            inputs.add(at, new Input(stream, value, null, refused));
        }
        return inputs;
    }
}
