package io.tagstream.admin;

import io.tagstream.settings.KafkaPropertyRules;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An admin client of brokers that answer. {@link #with} waits for them, as long as the start timeout says, and begins its work again when
 * they go away in the middle of it: so the work must bear to be done twice.
 */
public final class Brokers {
    private static final Logger LOG = LoggerFactory.getLogger(Brokers.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    /** How long a first answer may take before it is said that there is none. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);
    /** Of Kafka's exception where no name can be resolved, which is how brokers that are not there yet look in many a network. */
    private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

    private static final String UNREADABLE_STORE = "Failed to load SSL";

    private final StreamSettings settings;
    private final Admin admin;

    private Brokers(StreamSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /**
     * Does some work when the brokers are there.
     *
     * @throws InvalidSettingException if the settings make no client
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    public static <T> T with(StreamSettings settings, Function<Brokers, T> work) {
        long begin = System.nanoTime();
        long logged = 0;
        while (true) {
            try (Admin admin = open(settings)) {
                Brokers brokers = new Brokers(settings, admin);
                brokers.awaitAnswer();
                if (logged != 0) {
                    LOG.info("a Kafka broker answers at {}", settings.bootstrapServers());
                }
                return work.apply(brokers);
            } catch (BrokersAwayException e) {
                long now = System.nanoTime();
                long limit = settings.startTimeout().toNanos();
                if (limit > 0 && now - begin >= limit) {
                    throw new StreamFailedException(
                            e.getMessage() + "; waited " + seconds(settings.startTimeout()) + " s", e.getCause());
                }
                if (logged == 0 || now - logged >= LOG_INTERVAL.toNanos()) {
                    logged = now;
                    LOG.warn("{}; trying again", e.getMessage());
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new StreamFailedException("interrupted while no Kafka broker answered", null);
            }
        }
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static Map<String, Object> properties(StreamSettings settings) {
        Map<String, Object> properties = KafkaPropertyRules.forAdmin(settings.kafkaProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // Closing a client waits for its open requests.
        int timeout = (int) shorter(REQUEST_TIMEOUT, settings).toMillis();
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        return properties;
    }

    /** An admin client; the caller closes it. */
    public static Admin open(StreamSettings settings) {
        try {
            return Admin.create(properties(settings));
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (said(cause).contains(UNRESOLVABLE)) {
                throw new BrokersAwayException(
                        "no name in " + settings.bootstrapServers() + " can be resolved: check --bootstrap-servers",
                        cause);
            }
            throw new InvalidSettingException(
                    "no client for " + settings.bootstrapServers() + ": " + whole(cause)
                            + "; check --bootstrap-servers (host:port, ...) and the Kafka properties (security.protocol, ssl.*, sasl.*)");
        }
    }

    /** The first cause, and of what is behind it the stores that cannot be read: other causes tell of passwords. */
    private static String whole(Throwable first) {
        StringBuilder said = new StringBuilder(said(first));
        for (Throwable cause = first.getCause(); cause != null; cause = cause.getCause()) {
            String more = said(cause);
            boolean ofStore = cause instanceof IOException
                    || cause instanceof GeneralSecurityException
                    || more.startsWith(UNREADABLE_STORE);
            if (ofStore && said.indexOf(more) < 0) {
                said.append(": ").append(more);
            }
        }
        return said.toString();
    }

    private void awaitAnswer() {
        int timeout = (int) shorter(FIRST_ANSWER, settings).toMillis();
        get(
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout))
                        .nodes(),
                "name themselves");
    }

    private static Duration shorter(Duration timeout, StreamSettings settings) {
        Duration limit = settings.startTimeout();
        return limit.isZero() || timeout.compareTo(limit) < 0 ? timeout : limit;
    }

    public Admin admin() {
        return admin;
    }

    /** A consumer without a group that reads committed records; the caller closes it. */
    public Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = KafkaPropertyRules.forConsumer(settings.kafkaProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer with a transactional id, and so the only one with it; the caller closes it. */
    public Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> properties = KafkaPropertyRules.forProducer(settings.kafkaProperties(), transactionalId);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What a consumer or a producer is asked to do. */
    public <T> T ask(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (RetriableException e) {
            throw away(what, e);
        } catch (InterruptException e) {
            throw new StreamFailedException("interrupted while waiting for the Kafka brokers", e);
        } catch (KafkaException e) {
            throw failed(what, new ExecutionException(e));
        }
    }

    /** The answer to a request to do something. */
    public <T> T get(KafkaFuture<T> future, String what) {
        try {
            return future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (TimeoutException e) {
            throw away(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The same, where some of Kafka's exceptions are an answer too: empty then. */
    public <T> Optional<T> get(KafkaFuture<T> future, String what, Predicate<Throwable> expected) {
        try {
            return Optional.ofNullable(future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() != null && expected.test(e.getCause())) {
                return Optional.empty();
            }
            throw failed(what, e);
        } catch (TimeoutException e) {
            throw away(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RuntimeException failed(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof RetriableException) {
            return away(what, cause);
        }
        String grant = cause instanceof AuthorizationException refused
                ? ": grant " + new AccessRights(settings, WatchedTopic.of(settings)).grant(refused)
                : "";
        return new StreamFailedException("the Kafka brokers refused to " + what + ": " + said(cause) + grant, cause);
    }

    private BrokersAwayException away(String what, Throwable cause) {
        Optional<String> names = AdvertisedNames.problem(properties(settings));
        if (names.isPresent()) {
            return new BrokersAwayException(names.get(), cause);
        }
        String why =
                cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException
                        ? ""
                        : " (" + said(cause) + ")";
        return new BrokersAwayException(
                "no Kafka broker answered at " + settings.bootstrapServers() + why + ", asked to " + what
                        + ": check --bootstrap-servers, that Kafka runs, and that it speaks "
                        + settings.kafkaProperties()
                                .getOrDefault(
                                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                                        CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                        + " there (security.protocol)",
                cause);
    }

    /** Some of Kafka's exceptions have an empty message: their name says more. */
    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static StreamFailedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StreamFailedException("interrupted while waiting for the Kafka brokers", e);
    }
}
