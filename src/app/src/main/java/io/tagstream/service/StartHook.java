package io.tagstream.service;

/** Attaches something to the application each time it starts. */
@FunctionalInterface
public interface StartHook {
    /**
     * Called once, before the stream threads start.
     *
     * @return closed when the application has stopped
     * @throws io.tagstream.stream.InvalidSettingException if it cannot be attached: the application does not start
     */
    AutoCloseable onStart(RunningStreams running);
}
