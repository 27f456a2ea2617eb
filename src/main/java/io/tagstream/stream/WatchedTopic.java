package io.tagstream.stream;

import java.util.List;

/** A topic of the application that {@link TopicWatch} looks at. One that does not exist yet is watched once it does. */
record WatchedTopic(String name, TopicRole role) {
    /** The topics of an application with memory. */
    static List<WatchedTopic> of(StreamSettings settings) {
        TopicSettings topics = settings.topics();
        return List.of(
                new WatchedTopic(topics.input(), TopicRole.INPUT),
                new WatchedTopic(topics.output(), TopicRole.OUTPUT),
                new WatchedTopic(topics.deadLetters(), TopicRole.DEAD_LETTERS),
                new WatchedTopic(StreamNames.changelog(settings.applicationId()), TopicRole.CHANGELOG));
    }
}
