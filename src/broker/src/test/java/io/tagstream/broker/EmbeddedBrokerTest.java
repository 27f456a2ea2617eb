package io.tagstream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
    @Test
    void shouldKeepWhatATransactionWroteAndLeaveNothingBehind() throws Exception {
        String servers;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            servers = broker.bootstrapServers();
            assertThat(servers).startsWith("127.0.0.1:");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
            }
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers, "transactional.id", "t"),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                assertThat(producer.send(new ProducerRecord<>("t", "key", "aborted")))
                        .isNotNull();
                producer.abortTransaction();
                producer.beginTransaction();
                assertThat(producer.send(new ProducerRecord<>("t", null, 1L, "key", "committed")))
                        .isNotNull();
                producer.commitTransaction();
            }
            List<String> values = new ArrayList<>();
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", servers,
                            "group.id", "g",
                            "auto.offset.reset", "earliest",
                            "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.subscribe(List.of("t"));
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                        values.add(record.value());
                    }
                    return !values.isEmpty();
                });
            }
            assertThat(values).containsExactly("committed");
        }
        int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
        try (Socket socket = new Socket()) {
            assertThat(catchThrowable(
                            () -> socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000)))
                    .as("nobody listens after close")
                    .isNotNull();
        }
    }
}
