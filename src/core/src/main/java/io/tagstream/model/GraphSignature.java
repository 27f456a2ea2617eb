package io.tagstream.model;

import java.util.List;
import java.util.Map;

/** The inputs and outputs that a graph declares, by name. */
public record GraphSignature(Map<String, Spec> inputs, Map<String, Spec> outputs) {
    /** A dimension that a graph leaves open. */
    public static final long DYNAMIC = -1;

    public GraphSignature {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /**
     * A tensor as declared.
     *
     * @param type {@code float}, {@code int32} and so on
     * @param dimensions its extents, {@link #DYNAMIC} where one is open
     */
    public record Spec(String type, List<Long> dimensions) {
        public Spec {
            dimensions = List.copyOf(dimensions);
        }

        /** {@code float [1, T, 17]}, an open dimension as {@code ?}. */
        @Override
        public String toString() {
            return type + " "
                    + dimensions.stream()
                            .map(extent -> extent == DYNAMIC ? "?" : extent.toString())
                            .toList();
        }
    }
}
