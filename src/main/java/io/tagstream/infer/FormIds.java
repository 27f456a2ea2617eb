package io.tagstream.infer;

import io.tagstream.model.FeatureExtractor;
import org.jspecify.annotations.Nullable;

/**
 * Feature ids of forms, kept for the forms seen of late. The ids of a form depend on nothing but the form, so what is kept cannot be
 * seen in a result. Bounded: a form takes the place of another with the same slot, and long forms are not kept. For one thread.
 */
final class FormIds {
    /** Covers most running text; a power of two. */
    private static final int SLOTS = 1 << 13;
    /** In UTF-16 code units: together with the slots the bound on memory. */
    private static final int LONGEST_KEPT = 40;

    private final FeatureExtractor extractor;
    private final @Nullable String[] forms = new String[SLOTS];
    private final int[][] ids = new int[SLOTS][];

    FormIds(FeatureExtractor extractor) {
        this.extractor = extractor;
    }

    /** The ids, one a column; not to be written to. */
    int[] of(String form) {
        if (form.length() > LONGEST_KEPT) {
            return extractor.ids(form);
        }
        int hash = form.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        if (!form.equals(forms[slot])) {
            ids[slot] = extractor.ids(form);
            forms[slot] = form;
        }
        return ids[slot];
    }
}
