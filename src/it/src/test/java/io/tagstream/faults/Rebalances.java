package io.tagstream.faults;

import java.util.ArrayList;
import java.util.List;

/** Instances that come and go. */
final class Rebalances {
    private static final int CHUNK = 150;

    private Rebalances() {}

    /** Three instances join, leave and die, one or two upon the other. */
    static Stage.Case storm(int gusts) {
        return trial -> {
            List<Application> alive = new ArrayList<>(List.of(trial.start("a"), trial.start("b")));
            List<String> absent = new ArrayList<>(List.of("c"));
            for (int gust = 0; gust < trial.times(gusts); gust++) {
                trial.feed(trial.random().nextInt(CHUNK));
                boolean join = alive.size() == 1
                        || (!absent.isEmpty() && trial.random().nextBoolean());
                if (join) {
                    alive.add(trial.start(absent.remove(0)));
                } else {
                    Application leaving = alive.remove(trial.random().nextInt(alive.size()));
                    if (trial.random().nextBoolean()) {
                        leaving.kill();
                    } else {
                        leaving.terminate();
                    }
                    leaving.awaitExit();
                    absent.add(leaving.toString());
                }
                trial.struck();
                // Some gusts come one upon the other, some find the group at rest.
                if (trial.random().nextInt(3) == 0) {
                    trial.awaitDrained(alive.toArray(Application[]::new));
                }
            }
            return alive.toArray(Application[]::new);
        };
    }
}
