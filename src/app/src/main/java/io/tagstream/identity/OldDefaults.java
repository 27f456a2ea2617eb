package io.tagstream.identity;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.GroupOffsets;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds before 0.1.0 called every application {@code tagstream} unless told otherwise. One that goes on under its new default name
 * would tag its whole input again.
 */
final class OldDefaults {
    private static final Logger LOG = LoggerFactory.getLogger(OldDefaults.class);

    private OldDefaults() {}

    /**
     * Looks for offsets of the old default name, where the new one is unknown.
     *
     * @throws InvalidSettingException if there are some for one of these topics
     */
    static void check(StreamSettings settings, Brokers brokers, Collection<String> inputs) {
        if (!settings.hasDefaultApplicationId()) {
            return;
        }
        String changelog = StreamNames.changelog(StreamNames.OLD_APPLICATION_ID);
        Set<String> topics = brokers.get(brokers.admin().listTopics().names(), "list the topics");
        if (topics.contains(changelog) && !topics.contains(StreamNames.identity(StreamNames.OLD_APPLICATION_ID))) {
            LOG.warn(
                    "topic {} holds states of an application of an older build: if that has tagged {}, stop this one, and go on"
                            + " with --application-id {}",
                    changelog,
                    String.join(",", inputs),
                    StreamNames.OLD_APPLICATION_ID);
        }
        if (hasOffsets(brokers, inputs)) {
            throw new InvalidSettingException("an application of an older build, " + StreamNames.OLD_APPLICATION_ID
                    + ", has tagged " + String.join(",", inputs) + ", and " + settings.applicationId()
                    + ", the default name now, would tag it again: go on with --application-id "
                    + StreamNames.OLD_APPLICATION_ID + ", or choose any other name by --application-id");
        }
    }

    private static boolean hasOffsets(Brokers brokers, Collection<String> inputs) {
        try {
            return new GroupOffsets(brokers, StreamNames.OLD_APPLICATION_ID)
                    .committed().keySet().stream().anyMatch(partition -> inputs.contains(partition.topic()));
        } catch (StreamFailedException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.debug("the group {} may not be described: it is not ours", StreamNames.OLD_APPLICATION_ID);
                return false;
            }
            throw e;
        }
    }
}
