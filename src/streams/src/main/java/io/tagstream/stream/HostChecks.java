package io.tagstream.stream;

import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.jspecify.annotations.Nullable;

/** What must hold of the application that a step runs in, checked before the first record. */
final class HostChecks {
    private HostChecks() {}

    /** @throws InvalidSettingException with one sentence on what is wrong */
    static void check(ProcessorContext<?, ?> context, String step, String store) {
        Map<String, Object> configs = context.appConfigs();
        String guarantee = text(configs, StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        require(
                guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2),
                "the step " + step + " needs " + StreamsConfig.PROCESSING_GUARANTEE_CONFIG + "="
                        + StreamsConfig.EXACTLY_ONCE_V2 + ", got " + guarantee
                        + ": with less, output and state can differ after a crash");
        Class<?> handler = type(configs.get(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG));
        require(
                handler == null || !LogAndContinueProcessingExceptionHandler.class.isAssignableFrom(handler),
                "the step " + step + " needs a " + StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG
                        + " that fails, got " + (handler == null ? "" : handler.getName())
                        + ": it would skip records that are not bad when the model or the store fails");
        // The one view of the changelog that Kafka Streams gives; a context of a test need not have it.
        require(
                !(context instanceof InternalProcessorContext<?, ?> internal) || internal.changelogFor(store) != null,
                "the step " + step + " needs a changelog for its store " + store
                        + ", but it has none: let the step bring its store");
    }

    private static String text(Map<String, Object> configs, String name, String unset) {
        Object value = configs.get(name);
        return value == null ? unset : value instanceof Class<?> type ? type.getName() : String.valueOf(value);
    }

    /** Kafka Streams takes a class or its name. */
    private static @Nullable Class<?> type(@Nullable Object value) {
        if (value == null || value instanceof Class<?>) {
            return (Class<?>) value;
        }
        try {
            return Class.forName(String.valueOf(value), false, Utils.getContextOrKafkaClassLoader());
        } catch (ClassNotFoundException e) {
            return null; // Kafka Streams has its own handler, or would not have started
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new InvalidSettingException(sentence);
        }
    }
}
