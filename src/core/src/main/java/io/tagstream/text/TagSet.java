package io.tagstream.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of one label layer in the order of the model's outputs. Immutable. */
public final class TagSet {
    /** The index of a label that the set does not have. */
    public static final int ABSENT = -1;

    private final List<String> labels;
    private final Map<String, Integer> indices;

    /**
     * @param labels distinct, non-empty labels in output order
     * @throws IllegalArgumentException if there is no label, or one is empty or doubled
     */
    public TagSet(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.indices = new HashMap<>();
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a tag set needs at least one label");
        }
        for (String label : this.labels) {
            if (label.isEmpty()) {
                throw new IllegalArgumentException("a label is empty");
            }
            if (indices.put(label, indices.size()) != null) {
                throw new IllegalArgumentException("label '" + label + "' is there twice");
            }
        }
    }

    public List<String> labels() {
        return labels;
    }

    public int size() {
        return labels.size();
    }

    /** The label at an index from 0 to {@code size() - 1}. */
    public String label(int index) {
        return labels.get(index);
    }

    /** The index of a label, or {@link #ABSENT}. */
    public int index(String label) {
        return indices.getOrDefault(label, ABSENT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagSet that && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return labels.hashCode();
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
