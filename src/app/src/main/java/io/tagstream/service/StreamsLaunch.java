package io.tagstream.service;

import io.tagstream.admin.GroupReplicas;
import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.identity.ApplicationStart;
import io.tagstream.identity.Topics;
import io.tagstream.local.HealthFile;
import io.tagstream.local.LocalDamage;
import io.tagstream.local.LocalStates;
import io.tagstream.position.InputTracking;
import io.tagstream.position.OffsetResets;
import io.tagstream.position.PositionedClients;
import io.tagstream.position.PositionedStreamsConsumer;
import io.tagstream.settings.KafkaPropertyRules;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.topology.TaggingParts;
import io.tagstream.topology.TaggingTopology;
import io.tagstream.watch.ProgressWatch;
import io.tagstream.watch.TopicWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an application comes to run: its folder, its topics, who it is and where it was ({@link ApplicationStart}), its local states, and
 * then Kafka Streams. Local states that cannot be opened are removed, and it is tried once more.
 */
public final class StreamsLaunch {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsLaunch.class);

    private final StreamSettings settings;
    private final TaggingParts parts;
    private final RecoveryPolicy recovery;
    private final Duration patience;
    private final List<StartHook> hooks;

    /**
     * Starts the application; its threads work on when this returns. Waits for the brokers as long as the start timeout says.
     *
     * @param hooks attach to it each time it starts
     * @throws InvalidSettingException if a setting, a topic or a directory does not allow it
     * @throws StreamFailedException if the brokers do not answer, or refuse
     */
    public static StreamsRunner start(StreamSettings settings, TaggingParts parts, StartHook... hooks) {
        return start(settings, parts, new RecoveryPolicy(settings.threads()), hooks);
    }

    public static StreamsRunner start(
            StreamSettings settings, TaggingParts parts, RecoveryPolicy recovery, StartHook... hooks) {
        return start(settings, parts, recovery, ProgressWatch.PATIENCE, hooks);
    }

    /** @param patience how long a partition may stand still before it stalls */
    public static StreamsRunner start(
            StreamSettings settings,
            TaggingParts parts,
            RecoveryPolicy recovery,
            Duration patience,
            StartHook... hooks) {
        List<StartHook> all = new ArrayList<>();
        Path healthFile = settings.healthFile();
        if (healthFile != null) {
            all.add(running -> healthFile(running, healthFile));
        }
        all.addAll(List.of(hooks));
        return new StreamsLaunch(settings, parts, recovery, patience, all).launch();
    }

    private static AutoCloseable healthFile(RunningStreams running, Path file) {
        HealthFile health = new HealthFile(file, running::condition);
        running.whenChanged(health::update);
        health.start();
        return health;
    }

    private StreamsLaunch(
            StreamSettings settings,
            TaggingParts parts,
            RecoveryPolicy recovery,
            Duration patience,
            List<StartHook> hooks) {
        this.hooks = hooks;
        this.settings = settings;
        this.parts = parts;
        this.recovery = recovery;
        this.patience = patience;
    }

    /**
     * Does all of it.
     *
     * @throws InvalidSettingException if a setting, a topic or a directory does not allow it
     * @throws StreamFailedException if the brokers do not answer, or refuse
     */
    private StreamsRunner launch() {
        LocalStates localStates = new LocalStates(settings);
        localStates.prepare();
        localStates.requireUnused();
        KafkaPropertyRules.unknown(settings.kafkaProperties())
                .forEach(name -> LOG.warn(
                        "neither Kafka Streams nor its clients know the property {}: unless it is for a plug-in of theirs,"
                                + " check its spelling",
                        name));
        settings.keyFrom().notice().ifPresent(LOG::info);
        Topics topics = new Topics(settings);
        PreparedTopics prepared = topics.prepare();
        TopicWatch watch = watch();
        InputTracking input;
        try {
            input = ApplicationStart.check(settings, prepared);
            localStates.fit(topics.changelogId());
            GroupReplicas.apply(settings);
            // Topics that are new are among those to keep.
            requireNothing(watch.lookNow());
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
        try {
            return open(prepared, input, watch).started();
        } catch (ProcessorStateException e) {
            if (!LocalDamage.isCuredByRestoring(e)) {
                throw new StreamFailedException(
                        "the states in " + localStates.directory() + " cannot be opened: " + RecoveryPolicy.sentence(e),
                        e);
            }
            LOG.warn(
                    "the local copies of the states in {} are damaged; they are removed, and restored from the changelog: {}",
                    localStates.directory(),
                    RecoveryPolicy.sentence(e));
            try {
                localStates.delete();
            } catch (IOException failed) {
                throw new StreamFailedException(
                        "the states in " + localStates.directory() + " cannot be removed: " + failed.getMessage(),
                        failed);
            }
        }
        return open(prepared, input, watch()).started();
    }

    private TopicWatch watch() {
        return TopicWatch.checked(settings, WatchedTopic.of(settings));
    }

    private static void requireNothing(Optional<String> found) {
        if (found.isPresent()) {
            throw new InvalidSettingException(found.get());
        }
    }

    private StreamsRunner open(PreparedTopics topics, InputTracking input, TopicWatch watch) {
        Topology topology = TaggingTopology.build(settings, parts, topics.limits(), input);
        MinuteLog minutes = new MinuteLog();
        Properties properties = StreamsProperties.of(settings, topics);
        properties.put(DeadLetterHandler.LOG_OF_ALL, minutes.deadLetters());
        properties.put(TopicWatch.PROPERTY, watch);
        OffsetResets resets = new OffsetResets(input, settings.inputPolicy().missingRecords());
        KafkaStreams streams;
        if (settings.isStreamsProtocol()) {
            properties.putAll(PositionedStreamsConsumer.properties(resets));
            streams = new KafkaStreams(topology, properties);
        } else {
            streams = new KafkaStreams(topology, properties, new PositionedClients(resets));
        }
        return new StreamsRunner(settings, streams, recovery, watch, minutes, input, patience, hooks);
    }
}
