package io.tagstream.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The group of an application on the brokers: its members and the offsets that it has committed. */
public final class GroupOffsets {
    private final Brokers brokers;
    private final String group;

    public GroupOffsets(Brokers brokers, String group) {
        this.brokers = brokers;
        this.group = group;
    }

    /**
     * The committed offsets, of all topics. Waits until a transaction that is being committed is through.
     */
    public Map<TopicPartition, OffsetAndMetadata> committed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        brokers.get(
                        brokers.admin()
                                .listConsumerGroupOffsets(
                                        group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata(),
                        "tell the offsets of the group " + group,
                        GroupIdNotFoundException.class::isInstance)
                .ifPresent(found -> found.forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset);
                    }
                }));
        return offsets;
    }

    /** The client ids of its members. A group is described by its kind, which the group protocol of the instances decided. */
    public List<String> members() {
        Admin admin = brokers.admin();
        String what = "describe the group " + group;
        List<String> members = new ArrayList<>();
        brokers.get(
                        admin.describeConsumerGroups(List.of(group)).all(),
                        what,
                        GroupIdNotFoundException.class::isInstance)
                .ifPresent(groups -> groups.values()
                        .forEach(found -> found.members().forEach(member -> members.add(member.clientId()))));
        brokers.get(
                        admin.describeStreamsGroups(List.of(group)).all(),
                        what,
                        e -> e instanceof GroupIdNotFoundException || e instanceof UnsupportedVersionException)
                .ifPresent(groups -> groups.values()
                        .forEach(found -> found.members().forEach(member -> members.add(member.clientId()))));
        return members;
    }

    /**
     * Sets offsets.
     *
     * @return false if the group has members by now: the brokers then leave its offsets alone
     */
    public boolean set(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return true;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
        boolean[] refused = new boolean[1];
        brokers.get(
                brokers.admin().alterConsumerGroupOffsets(group, committed).all(),
                "set the offsets of the group " + group,
                e -> {
                    refused[0] = e instanceof UnknownMemberIdException || e instanceof GroupNotEmptyException;
                    return refused[0];
                });
        return !refused[0];
    }
}
