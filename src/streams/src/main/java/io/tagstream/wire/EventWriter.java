package io.tagstream.wire;

/** Writes the value of an input record, as a producer does. An instance belongs to one thread. */
@FunctionalInterface
public interface EventWriter<T> {
    /** @throws IllegalArgumentException if the format cannot say it */
    byte[] write(T event);
}
