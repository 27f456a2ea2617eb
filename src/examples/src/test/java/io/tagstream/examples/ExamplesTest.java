package io.tagstream.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.event.EventSerdes;
import io.tagstream.event.TaggedSentence;
import io.tagstream.fixture.Console;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.Models;
import io.tagstream.infer.TaggerModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final String TOO_LONG = "a ".repeat(10_001);

    @TempDir
    private Path directory;

    @Test
    void shouldTagWithoutKafka() {
        Console console = Console.capture(() -> {
            CoreAlone.main(new String[0]);
            return 0;
        });
        assertThat(console.out().lines().map(String::strip))
                .containsExactly("I/PRON eat/VERB apple/NOUN ./PUNCT", "I/PRON work/VERB at/ADP apple/PROPN ./PUNCT");
    }

    @Test
    void shouldTagCountAndPutBadRecordsAsideWhereTheFirstRecordIsBad() {
        try (TaggerModel model = Models.open("en");
                TopologyTestDriver driver = driver(TagAndCount.topology(model))) {
            TestInputTopic<String, String> chats = chats(driver);
            chats.pipeInput("ann", TOO_LONG);
            chats.pipeInput("ann", "I eat apple.");
            chats.pipeInput("bob", "x");
            chats.pipeInput("ann", "I work at apple.");

            TestOutputTopic<String, TaggedSentence> tagged = tagged(driver, "tagged-chats");
            assertThat(tagged.readValuesToList())
                    .extracting(TaggedSentence::getSequence)
                    .containsExactly(1L, 2L);
            assertThat(driver.createOutputTopic("bad-chats", new StringDeserializer(), new StringDeserializer())
                            .readKeyValuesToMap())
                    .hasEntrySatisfying("ann", cause -> assertThat(cause).contains("10001 tokens"))
                    .hasSize(1);
            Map<String, Long> counts = driver.createOutputTopic(
                            "tag-counts", new StringDeserializer(), new LongDeserializer())
                    .readKeyValuesToMap();
            assertThat(counts)
                    .containsEntry("PRON", 2L)
                    .containsEntry("PROPN", 1L)
                    .containsEntry("PUNCT", 2L);
        }
    }

    @Test
    void shouldTagWithTwoModelsSideBySide() {
        try (TaggerModel one = TinyModels.lstm().open();
                TaggerModel other = TinyModels.lstm().seed(7).open();
                TopologyTestDriver driver = driver(TwoModels.topology(one, other))) {
            chats(driver).pipeInput("ann", "I eat");
            assertThat(tagged(driver, "tagged-accurate").readValue().getModel()).isEqualTo(one.id());
            assertThat(tagged(driver, "tagged-fast").readValue().getModel()).isEqualTo(other.id());
            assertThatThrownBy(() -> chats(driver).pipeInput("ann", TOO_LONG)).hasStackTraceContaining("10001 tokens");
        }
    }

    @Test
    void shouldReadJson() throws Exception {
        byte[] value =
                "{\"tokens\":[{\"form\":\"I\",\"tag\":\"PRON\"},{\"form\":\"eat\",\"tag\":\"VERB\"}]}".getBytes(UTF_8);
        assertThat(ReadTags.ofJson(value)).isEqualTo("I/PRON eat/VERB");
    }

    private TopologyTestDriver driver(Topology topology) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "example");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        return new TopologyTestDriver(topology, properties);
    }

    private static TestInputTopic<String, String> chats(TopologyTestDriver driver) {
        return driver.createInputTopic("chats", new StringSerializer(), new StringSerializer());
    }

    private static TestOutputTopic<String, TaggedSentence> tagged(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), EventSerdes.taggedSentence().deserializer());
    }
}
