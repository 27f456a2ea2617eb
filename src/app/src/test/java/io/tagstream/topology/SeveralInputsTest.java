package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static io.tagstream.topology.TopologyDriver.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.wire.OutgoingSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stream is a topic and a key. */
class SeveralInputsTest {
    private static TaggerModel model;
    private static SentenceTagger tagger;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().open();
        tagger = model.newTagger();
    }

    @AfterAll
    static void close() {
        tagger.close();
        model.close();
    }

    /** The order in which two topics are read is nobody's to choose: the output of each must not depend on it. */
    @Test
    void shouldNeverShareAStateBetweenTwoTopics() {
        TopicSettings topics = new TopicSettings(List.of("left", "right"), "out", "dlq", true, 1, 1);
        Map<String, List<OutgoingSentence>> expected = new HashMap<>();
        StreamLoop loop = new StreamLoop(model, tagger);
        for (String topic : topics.inputs()) {
            List<OutgoingSentence> sentences = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sentences.add(loop.next(topic, topic + i, words(topic, i)));
            }
            if (topic.equals("right")) { // after the end of the other stream
                sentences.add(loop.next(topic, "right6", "apple"));
            }
            expected.put(topic, sentences);
        }
        for (int run = 0; run < 3; run++) {
            List<String> order = new ArrayList<>(Collections.nCopies(6, "left"));
            order.addAll(Collections.nCopies(6, "right"));
            Collections.shuffle(order, new Random(run));
            try (TopologyDriver driver = driver(topics)) {
                Map<String, Integer> next = new HashMap<>();
                for (String topic : order) {
                    int i = next.merge(topic, 1, Integer::sum) - 1;
                    driver.sendTo(topic, key("same"), tokens(topic + i, words(topic, i)));
                }
                driver.sendTo("left", key("same"), null);
                driver.sendTo("right", key("same"), tokens("right6", "apple"));

                List<TestRecord<byte[], byte[]>> output = driver.output();
                assertThat(output).extracting(TestRecord::key).containsOnly(key("same"));
                Map<String, List<OutgoingSentence>> found = new HashMap<>();
                for (OutgoingSentence sentence : driver.readWithSource(output)) {
                    found.computeIfAbsent(source(sentence), topic -> new ArrayList<>())
                            .add(TopologyDriver.withoutSource(sentence));
                }
                assertThat(found).as("order %s", order).isEqualTo(expected);
            }
        }
    }

    private static String source(OutgoingSentence sentence) {
        return sentence.source() == null ? "" : sentence.source().topic();
    }

    private static String[] words(String topic, int number) {
        return topic.equals("left") == (number % 2 == 0) ? new String[] {"I", "eat"} : new String[] {"apple"};
    }

    private static TopologyDriver driver(TopicSettings topics) {
        StreamSettings built = settings().topics(topics).build();
        return new TopologyDriver(built, TaggingParts.of(built, model, Sentences::atBlanks));
    }
}
