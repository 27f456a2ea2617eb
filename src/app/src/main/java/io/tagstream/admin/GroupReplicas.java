package io.tagstream.admin;

import io.tagstream.settings.StreamSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under the group protocol {@code streams} it is not the client but the group, as the brokers know it, that has the number of standby
 * replicas: this tells it. None leaves the group as somebody else may have set it.
 */
public final class GroupReplicas {
    /** Of a group, on the brokers; Kafka has the name in its server. */
    static final String STANDBY_REPLICAS = "streams.num.standby.replicas";

    private static final Logger LOG = LoggerFactory.getLogger(GroupReplicas.class);

    private GroupReplicas() {}

    /** @throws StreamFailedException if the brokers refuse, as they do more than their {@code group.streams.max.standby.replicas} */
    public static void apply(StreamSettings settings) {
        if (!settings.isStreamsProtocol() || settings.standbyReplicas() == 0) {
            return;
        }
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.applicationId());
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry(STANDBY_REPLICAS, Integer.toString(settings.standbyReplicas())),
                AlterConfigOp.OpType.SET);
        String what =
                "give the group " + settings.applicationId() + " " + settings.standbyReplicas() + " standby replicas";
        boolean done = Brokers.with(settings, brokers -> {
            brokers.get(
                    brokers.admin()
                            .incrementalAlterConfigs(Map.of(group, List.of(set)))
                            .all(),
                    what);
            return true;
        });
        LOG.debug("told the brokers to {}: {}", what, done);
    }
}
