package io.tagstream.infer;

/**
 * What is kept of a stream between two sentences.
 *
 * @param fingerprint the model that the hidden state belongs to, 16 hexadecimal digits
 * @param sequence the sequence number of the last sentence, from 1; 0 before the first
 * @param tokensSeen the number of tokens so far
 * @param lastEventTime the last event's timestamp, milliseconds since 1970
 * @param hidden where the next sentence starts from
 */
public record StreamState(String fingerprint, long sequence, long tokensSeen, long lastEventTime, HiddenState hidden) {}
