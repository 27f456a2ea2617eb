package io.tagstream.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What a machine says of a token in one layer: labels and how likely each is. Written {@code NOUN/93;PROPN/7}: percent, and the characters
 * {@code ; / | = %} and whitespace of a label as {@code %} and two hexadecimal digits a byte of its UTF-8.
 *
 * @param labels as the corpus has them, no two alike; none where the machine says nothing
 * @param percents by label, 1 to 100; what is missing to 100 is for labels less likely than those
 */
public record LabelShares(List<String> labels, List<Integer> percents) {
    /** Nothing is said. */
    public static final LabelShares NONE = new LabelShares(List.of(), List.of());

    private static final int ALL = 100;

    public LabelShares {
        labels = List.copyOf(labels);
        percents = List.copyOf(percents);
        if (labels.size() != percents.size()) {
            throw new IllegalArgumentException(labels.size() + " labels have " + percents.size() + " shares");
        }
    }

    /** One label, for certain. */
    public static LabelShares certain(String label) {
        return new LabelShares(List.of(label), List.of(ALL));
    }

    /** @throws IllegalArgumentException with what is wrong, if it is written otherwise */
    static LabelShares parse(String text) {
        List<String> labels = new ArrayList<>();
        List<Integer> percents = new ArrayList<>();
        for (String entry : text.split(";", -1)) {
            int slash = entry.indexOf('/');
            String label = slash < 0 ? "" : PercentCoding.decode(entry.substring(0, slash));
            if (label.isEmpty()) {
                throw new IllegalArgumentException("'" + entry + "' is no label and its percentage (NOUN/93)");
            }
            if (labels.contains(label)) {
                throw new IllegalArgumentException("the label '" + label + "' stands there twice");
            }
            labels.add(label);
            percents.add(percent(entry.substring(slash + 1)));
        }
        return new LabelShares(labels, percents);
    }

    private static int percent(String text) {
        if (text.matches("[1-9][0-9]?|100")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("'" + text + "' is no whole number from 1 to 100");
    }
}
