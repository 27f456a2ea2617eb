package io.tagstream.admin;

import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import java.util.ArrayList;
import java.util.List;

/** A topic of the application that {@code watch} looks at. One that does not exist yet is watched once it does. */
public record WatchedTopic(String name, TopicRole role) {
    /** The topics of an application. */
    public static List<WatchedTopic> of(StreamSettings settings) {
        TopicSettings topics = settings.topics();
        String application = settings.applicationId();
        List<WatchedTopic> watched = new ArrayList<>();
        topics.inputs().forEach(input -> watched.add(new WatchedTopic(input, TopicRole.INPUT)));
        watched.add(new WatchedTopic(topics.output(), TopicRole.OUTPUT));
        watched.add(new WatchedTopic(topics.deadLetters(), TopicRole.DEAD_LETTERS));
        watched.add(new WatchedTopic(StreamNames.identity(application), TopicRole.IDENTITY));
        if (settings.hasMemory()) {
            watched.add(new WatchedTopic(StreamNames.changelog(application), TopicRole.CHANGELOG));
            watched.add(new WatchedTopic(StreamNames.positionsChangelog(application), TopicRole.CHANGELOG));
        }
        return watched;
    }
}
