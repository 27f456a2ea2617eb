package io.tagstream.state;

import io.tagstream.infer.HiddenState;

/**
 * What the store keeps of a stream.
 *
 * @param sequence the sequence of its last sentence, 0 before the first
 * @param tokensSeen the tokens of all its sentences so far
 * @param lastEventTime the greatest timestamp of its sentences, ms since 1970, as {@link EventTime} counts it
 * @param hidden the hidden state after its last sentence
 */
public record StreamState(long sequence, long tokensSeen, long lastEventTime, HiddenState hidden) {
    /** A stream that begins. */
    public static StreamState begin(HiddenState zero) {
        return new StreamState(0, 0, Long.MIN_VALUE, zero);
    }

    /** After one more sentence; an event that comes late does not turn the time back. */
    public StreamState next(int tokens, long eventTime, HiddenState hidden) {
        return new StreamState(sequence + 1, tokensSeen + tokens, EventTime.latest(lastEventTime, eventTime), hidden);
    }
}
