package io.tagstream.service;

import io.tagstream.settings.SizeLimits;
import io.tagstream.watch.TopicWatch;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that was put out and that the brokers did not take. Its state has moved on and its transaction cannot be saved, so
 * leaving it out would lose it in silence: what a retry can fix is tried again, all else fails the thread and aborts the transaction. That a record is
 * too large is found out before, see {@link SizeLimits}.
 */
public final class ProductionFailureHandler implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProductionFailureHandler.class);

    private @Nullable TopicWatch watch;

    @Override
    public void configure(Map<String, ?> configs) {
        watch = configs.get(TopicWatch.PROPERTY) instanceof TopicWatch configured ? configured : null;
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (watch != null) {
            watch.lookSoon();
        }
        if (exception instanceof RetriableException) {
            return Response.retry();
        }
        LOG.error("the brokers refused a record for topic {}: {}", record.topic(), exception.toString());
        return Response.fail();
    }
}
