package io.tagstream.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.settings.SizeLimits;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.BadRecordException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a record that cannot be tagged to the dead-letter topic, as it was received, with the cause in headers, and lets the
 * stream go on. The dead letter goes out in the same transaction as everything else. Whatever is not the record's own fault fails
 * the thread, see {@link RecoveryPolicy}. Kafka Streams makes one for each thread.
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {
    /** The key of the {@link DeadLetterLog} that the handlers of all threads share. */
    static final String LOG_OF_ALL = "tagstream.dead.letter.log";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private String topic = StreamNames.DEFAULT_DEAD_LETTER_TOPIC;
    private int maxBytes = StreamSettings.DEFAULT_MAX_RECORD_BYTES;
    private DeadLetterLog log = new DeadLetterLog();

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG) instanceof String name) {
            topic = name;
        }
        if (configs.get(StreamsProperties.DEAD_LETTER_MAX_BYTES) instanceof String bytes) {
            maxBytes = Integer.parseInt(bytes);
        }
        if (configs.get(LOG_OF_ALL) instanceof DeadLetterLog shared) {
            log = shared;
        }
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof BadRecordException)) {
            LOG.error(
                    "{}-{}@{} failed by no fault of the record, and so its thread does",
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    exception);
            return Response.fail();
        }
        log.add(context.topic(), context.partition(), context.offset(), exception.getMessage());
        return Response.resume(List.of(deadLetter(context, bytes(record.key()), bytes(record.value()), exception)));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, Exception exception) {
        Headers causes = new RecordHeaders();
        add(causes, StreamNames.HEADER_EXCEPTION, exception.getClass().getName());
        add(causes, StreamNames.HEADER_MESSAGE, String.valueOf(exception.getMessage()));
        add(causes, StreamNames.HEADER_TOPIC, context.topic());
        add(causes, StreamNames.HEADER_PARTITION, Integer.toString(context.partition()));
        add(causes, StreamNames.HEADER_OFFSET, Long.toString(context.offset()));
        Headers received = context.headers();
        if (fits(key, value, received, causes)) {
            return record(context, key, value, received, causes);
        }
        // A record too large for the topic would abort the transaction for ever; topic, partition and offset still lead
        // to it.
        if (fits(key, null, received, causes)) {
            add(causes, StreamNames.HEADER_OMITTED, "value");
            return record(context, key, null, received, causes);
        }
        if (fits(key, null, new RecordHeaders(), causes)) {
            add(causes, StreamNames.HEADER_OMITTED, "value,headers");
            return record(context, key, null, new RecordHeaders(), causes);
        }
        add(causes, StreamNames.HEADER_OMITTED, "key,value,headers");
        return record(context, null, null, new RecordHeaders(), causes);
    }

    /** Leaves room for one header more. */
    private boolean fits(byte @Nullable [] key, byte @Nullable [] value, Headers received, Headers causes) {
        return SizeLimits.size(key, value, received) + SizeLimits.size(causes) + SizeLimits.OVERHEAD <= maxBytes;
    }

    private ProducerRecord<byte[], byte[]> record(
            ErrorHandlerContext context,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers received,
            Headers causes) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, context.timestamp(), key, value, received);
        for (Header cause : causes) {
            record.headers().add(cause);
        }
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static byte @Nullable [] bytes(@Nullable Object keyOrValue) {
        return keyOrValue instanceof byte[] bytes ? bytes : null;
    }
}
