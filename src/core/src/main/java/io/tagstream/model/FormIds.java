package io.tagstream.model;

import io.tagstream.text.Token;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a call's tokens, kept for recent forms. The ids of a form depend on nothing but the form, so what is kept cannot
 * be seen in a result. Bounded: every form has two slots, a new one takes the place of the older of the two there, and long forms are not
 * kept. For one thread.
 */
public final class FormIds {
    /** Covers most running text (97 % of a corpus of 5,500 forms); a power of two. */
    private static final int SLOTS = 1 << 14;
    /** In UTF-16 code units: together with the slots the bound on memory. */
    private static final int LONGEST_KEPT = 40;

    private final FeatureExtractor extractor;
    private final IdLayout layout;
    private final int lookAhead;
    private final int[] end;
    private final @Nullable String[] forms = new String[SLOTS];
    private final int[][] ids = new int[SLOTS][];

    public FormIds(ModelContract contract, FeatureExtractor extractor) {
        this.extractor = extractor;
        this.layout = IdLayout.of(contract);
        this.lookAhead = contract.lookAhead();
        int[] ends = new int[contract.columns().size()];
        Arrays.fill(ends, Vocabulary.END);
        this.end = layout.ids(ends);
    }

    /** The ids of a call's tokens and of the end symbols after them, {@code [T + look-ahead, ids a token]} row by row. */
    public int[] of(List<Token> tokens) {
        int width = layout.width();
        int length = tokens.size();
        int[] call = new int[(length + lookAhead) * width];
        int at = 0;
        for (int t = 0; t < length; t++) {
            System.arraycopy(of(tokens.get(t).form()), 0, call, at, width);
            at += width;
        }
        for (; at < call.length; at += width) {
            System.arraycopy(end, 0, call, at, width);
        }
        return call;
    }

    /** The ids of a form; not to be written to. */
    private int[] of(String form) {
        if (form.length() > LONGEST_KEPT) {
            return layout.ids(extractor.ids(form));
        }
        int hash = form.hashCode();
        int newer = (hash ^ hash >>> 16) & SLOTS - 2;
        if (form.equals(forms[newer])) {
            return ids[newer];
        }
        int older = newer + 1;
        if (form.equals(forms[older])) {
            return ids[older];
        }
        forms[older] = forms[newer];
        ids[older] = ids[newer];
        forms[newer] = form;
        ids[newer] = layout.ids(extractor.ids(form));
        return ids[newer];
    }
}
