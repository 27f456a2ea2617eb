package io.tagstream.faults;

import io.tagstream.wire.InputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bad records among good ones: what the selection and the whole suite share. */
final class BadInputs {
    private BadInputs() {}

    /** One application that meets some kinds, one after the other, in one format. */
    static Stage.Case among(InputFormat format, int most, List<BadInput> kinds) {
        return among(format, most, kinds, Map.of());
    }

    /**
     * The same.
     *
     * @param most times that a kind is sent
     * @param environment of the application
     * @param more arguments of {@code run}
     */
    static Stage.Case among(
            InputFormat format, int most, List<BadInput> kinds, Map<String, String> environment, String... more) {
        return trial -> {
            List<String> arguments = new ArrayList<>(List.of(
                    "--instance-id",
                    "a",
                    "--input-format",
                    format.name().toLowerCase(Locale.ROOT),
                    "--output-format",
                    "avro"));
            arguments.addAll(List.of(more));
            Application application = trial.start("a", environment, List.of(), arguments.toArray(String[]::new));
            GoodStreams streams = new GoodStreams(format, trial.random().nextLong());
            for (BadInput kind : kinds) {
                trial.row(kind.fault());
                for (int number = 0; number < trial.times(Math.min(most, kind.times())); number++) {
                    // Its own stream goes before and after it, and so do others.
                    int stream = trial.random().nextInt(GoodStreams.COUNT);
                    trial.send(List.of(
                            streams.next(),
                            streams.next(stream),
                            kind.maker().make(streams, stream, number, trial.random()),
                            streams.next(stream),
                            streams.next()));
                    trial.struck();
                }
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        };
    }
}
