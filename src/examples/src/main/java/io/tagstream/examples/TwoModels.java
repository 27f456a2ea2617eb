package io.tagstream.examples;

import io.tagstream.event.EventSerdes;
import io.tagstream.infer.TaggerModel;
import io.tagstream.stream.TaggingResult;
import io.tagstream.stream.TaggingStep;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Two models in one topology, each with its own step, store and output. A bad record stops the application. */
public final class TwoModels {
    private TwoModels() {}

    static Topology topology(TaggerModel accurate, TaggerModel fast) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> chats = builder.stream("chats", Consumed.with(Serdes.String(), Serdes.String()));
        tag(chats, "accurate", accurate);
        tag(chats, "fast", fast);
        return builder.build();
    }

    private static void tag(KStream<String, String> chats, String name, TaggerModel model) {
        TaggingStep<String, String> step = TaggingStep.named(name, model).ofText(Serdes.String());
        step.addTo(chats)
                .mapValues(TaggingResult::orThrow, Named.as(name + "-sentences"))
                .to("tagged-" + name, Produced.with(Serdes.String(), EventSerdes.taggedSentence()));
    }
}
