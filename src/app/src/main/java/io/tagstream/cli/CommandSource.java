package io.tagstream.cli;

import java.util.List;
import picocli.CommandLine;

/**
 * The commands that a part of the full distribution adds to {@code bin/tagstream}. A part names its implementation in
 * {@code META-INF/services}, so that serving starts without the part; the classes of the commands must load without the part's libraries.
 */
public interface CommandSource {
    /** The commands, ready to be added. */
    List<CommandLine> commands();

    /** Called once all commands are added and their help is set up. */
    default void prepare(List<CommandLine> commands) {}

    /** Whether what one of these commands failed with lies at what the user gave: a file that is not what it should be. */
    default boolean isMisuse(Exception failure) {
        return false;
    }
}
