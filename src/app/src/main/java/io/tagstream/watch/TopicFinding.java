package io.tagstream.watch;

/**
 * Something about a topic that breaks a promise.
 *
 * @param stops whether the application must not start, or go on, so; otherwise it is a warning
 * @param sentence what, which promise, what to do
 */
record TopicFinding(boolean stops, String sentence) {}
