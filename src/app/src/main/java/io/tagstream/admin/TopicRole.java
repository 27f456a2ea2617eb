package io.tagstream.admin;

/** What the application uses a topic for. */
public enum TopicRole {
    INPUT,
    OUTPUT,
    DEAD_LETTERS,
    /** Kafka Streams restores a store from it: one partition for each of the input. */
    CHANGELOG,
    /** What the application is, for its other instances and its next start: one partition. */
    IDENTITY;

    /** Whether it holds what the application must find again, however old. */
    public boolean isMemory() {
        return this == CHANGELOG || this == IDENTITY;
    }
}
