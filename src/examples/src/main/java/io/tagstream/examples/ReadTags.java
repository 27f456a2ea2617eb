package io.tagstream.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.event.EventSerdes;
import io.tagstream.event.TaggedSentence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads tagged sentences from a topic, Avro or JSON, and prints words with their tags. */
public final class ReadTags {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReadTags() {}

    /** {@code word/TAG} for each word of a record of {@code --output-format avro}. */
    static String ofAvro(byte[] value) {
        TaggedSentence sentence = EventSerdes.taggedSentence().deserializer().deserialize("", value);
        return sentence.getTokens().stream()
                .map(token -> token.getForm() + "/" + token.getTag())
                .collect(Collectors.joining(" "));
    }

    /** The same of {@code --output-format json}. */
    static String ofJson(byte[] value) throws IOException {
        StringBuilder words = new StringBuilder();
        for (JsonNode token : JSON.readTree(value).get("tokens")) {
            words.append(words.isEmpty() ? "" : " ")
                    .append(token.get("form").asText())
                    .append('/')
                    .append(token.get("tag").asText());
        }
        return words.toString();
    }

    /** @param arguments the brokers, the topic, {@code avro} or {@code json}, and how many records to read */
    public static void main(String[] arguments) throws IOException {
        int left = Integer.parseInt(arguments[3]);
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0],
                ConsumerConfig.GROUP_ID_CONFIG, "read-tags",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                // Without it, records of transactions that were aborted are read too.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            while (left > 0) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    String words = arguments[2].equals("avro") ? ofAvro(message.value()) : ofJson(message.value());
                    System.out.println(message.key() + "  " + words);
                    left--;
                }
            }
        }
    }
}
