package io.tagstream.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.Console;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.infer.Models;
import io.tagstream.infer.TaggerModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that tags, and the one that reads, with a broker between them. */
class ReadTagsIT {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatTheOtherExampleWrote() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TaggerModel model = Models.open("en")) {
            String brokers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
                admin.createTopics(List.of("chats", "tagged-chats", "bad-chats", "tag-counts").stream()
                                .map(name -> new NewTopic(name, 1, (short) 1))
                                .toList())
                        .all()
                        .get();
            }
            KafkaRecords.send(brokers, List.of(chat("I eat apple."), chat("I work at apple.")));
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "tag-and-count");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
            try (KafkaStreams streams = new KafkaStreams(TagAndCount.topology(model), properties)) {
                streams.start();
                Console console = Console.capture(() -> {
                    try {
                        ReadTags.main(new String[] {brokers, "tagged-chats", "avro", "2"});
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return 0;
                });
                assertThat(console.out().lines())
                        .containsExactly(
                                "ann  I/PRON eat/VERB apple/NOUN ./PUNCT",
                                "ann  I/PRON work/VERB at/ADP apple/PROPN ./PUNCT");
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> chat(String text) {
        return new ProducerRecord<>("chats", "ann".getBytes(UTF_8), text.getBytes(UTF_8));
    }
}
