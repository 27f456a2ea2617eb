package io.tagstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.junit.jupiter.api.Test;

class StreamNamesTest {
    @Test
    void shouldNameClassesThatThereAre() throws Exception {
        assertThat(Class.forName(StreamNames.DEAD_LETTER_HANDLER)).isAssignableTo(ProcessingExceptionHandler.class);
        assertThat(Class.forName(StreamNames.PRODUCTION_HANDLER)).isAssignableTo(ProductionExceptionHandler.class);
        assertThat(Class.forName(StreamNames.TIMESTAMP_EXTRACTOR)).isAssignableTo(TimestampExtractor.class);
    }
}
