package io.tagstream.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class TagstreamVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "tagstream " + current(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    public static String current() {
        return Objects.requireNonNullElse(
                TagstreamVersion.class.getPackage().getImplementationVersion(), "development");
    }
}
