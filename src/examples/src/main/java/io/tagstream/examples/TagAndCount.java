package io.tagstream.examples;

import io.tagstream.event.EventSerdes;
import io.tagstream.event.TaggedToken;
import io.tagstream.infer.Models;
import io.tagstream.infer.TaggerModel;
import io.tagstream.stream.TaggingResult;
import io.tagstream.stream.TaggingStep;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * A tagging step in a topology of one's own: chats that are longer than a letter are tagged, tagged chats go to a topic, bad records to
 * another one, and the tags are counted.
 */
public final class TagAndCount {
    private TagAndCount() {}

    /** The topology, apart from Kafka: tests drive it with {@code TopologyTestDriver}. */
    static Topology topology(TaggerModel model) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> chats = builder.stream("chats", Consumed.with(Serdes.String(), Serdes.String()))
                .filter((chat, text) -> text == null || text.length() > 1, Named.as("not-too-short"));

        TaggingStep<String, String> step = TaggingStep.named("tagger", model).ofText(Serdes.String());
        KStream<String, TaggingResult> results = step.addTo(chats);

        // A bad record is a value: here it goes to a topic, with its cause.
        results.filterNot((chat, result) -> result.isTagged(), Named.as("bad"))
                .mapValues(result -> result.bad().cause(), Named.as("causes"))
                .to("bad-chats", Produced.with(Serdes.String(), Serdes.String()));
        KStream<String, TaggingResult> tagged = results.filter((chat, result) -> result.isTagged(), Named.as("tagged"));
        tagged.mapValues(TaggingResult::sentence, Named.as("sentences"))
                .to("tagged-chats", Produced.with(Serdes.String(), EventSerdes.taggedSentence()));
        tagged.flatMapValues(
                        result -> result.sentence().getTokens().stream()
                                .map(TaggedToken::getTag)
                                .toList(),
                        Named.as("tags"))
                .groupBy(
                        (chat, tag) -> tag,
                        Grouped.<String, String>as("by-tag")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Serdes.String()))
                .count(Named.as("count"), Materialized.as("tag-counts"))
                .toStream(Named.as("changes"))
                .to("tag-counts", Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    /** @param arguments the brokers, {@code localhost:9092} */
    public static void main(String[] arguments) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "tag-and-count");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        // Output and state move together, or not at all: the step refuses anything less.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        TaggerModel model = Models.open("en");
        KafkaStreams streams = new KafkaStreams(topology(model), properties);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close();
            model.close();
        }));
        streams.start();
    }
}
