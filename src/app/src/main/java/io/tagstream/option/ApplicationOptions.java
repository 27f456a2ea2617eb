package io.tagstream.option;

import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code run} and {@code reset} share: which application it is and where its states lie. */
public final class ApplicationOptions {
    @Option(
            names = "--application-id",
            paramLabel = "ID",
            description = "Names the consumer group, the changelogs and the local states (default: "
                    + StreamNames.DEFAULT_APPLICATION_ID_PREFIX + "INPUT).")
    @Nullable
    String applicationId;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Local copies of the states lie here, in a folder tagstream-states that Tagstream makes "
                    + "(default: $XDG_STATE_HOME/tagstream or ~/.local/state/tagstream).")
    @Nullable
    Path stateDir;

    /** Sets what was given. */
    public void apply(StreamSettings.Builder settings) {
        if (applicationId != null) {
            settings.applicationId(applicationId);
        }
        if (stateDir != null) {
            settings.stateDir(stateDir);
        }
    }
}
