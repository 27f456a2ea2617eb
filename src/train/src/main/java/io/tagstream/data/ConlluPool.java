package io.tagstream.data;

import java.util.HashMap;
import java.util.Map;

/** What stands in a file again and again, held once: a corpus of a million words would not fit into memory otherwise. */
final class ConlluPool {
    private final Map<String, String> strings = new HashMap<>();
    private final Map<String, LabelShares> shares = new HashMap<>();
    private final Map<String, LabelShares> certain = new HashMap<>();

    String string(String text) {
        String held = strings.putIfAbsent(text, text);
        return held == null ? text : held;
    }

    /** @throws IllegalArgumentException with what is wrong, if they cannot be read */
    LabelShares shares(String text) {
        return shares.computeIfAbsent(text, LabelShares::parse);
    }

    LabelShares certain(String label) {
        return certain.computeIfAbsent(label, LabelShares::certain);
    }
}
