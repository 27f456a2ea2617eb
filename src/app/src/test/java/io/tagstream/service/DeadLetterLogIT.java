package io.tagstream.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.InputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads that share one log, as an application has them. */
@Timeout(180)
class DeadLetterLogIT {
    private static final int RECORDS = 2000;

    @TempDir
    private Path directory;

    @Test
    void shouldLogTenOfTheDeadLettersOfAllThreadsAndTheCountOfTheOthersAtTheStop() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TaggerModel model = TinyModels.lstm().open();
                Logs logs = Logs.capture()) {
            StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                    .inputFormat(InputFormat.TEXT)
                    .threads(2)
                    .stateDir(directory)
                    .build();
            new Topics(settings).create();
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                records.add(new ProducerRecord<>(settings.topics().input(), i % 6, null, "Go.".getBytes(UTF_8)));
            }
            KafkaRecords.send(broker.bootstrapServers(), records);

            try (StreamsRunner runner =
                    StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> runner.count(TaggingMetrics.DEAD_LETTERS) >= RECORDS);
            }

            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("is a dead letter"))
                    .hasSize(10);
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("more dead letters"))
                    .singleElement()
                    .asString()
                    .contains(RECORDS - 10 + " more dead letters");
        }
    }
}
