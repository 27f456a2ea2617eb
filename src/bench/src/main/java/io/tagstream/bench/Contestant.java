package io.tagstream.bench;

import io.tagstream.data.LabelledSentence;
import java.util.List;
import java.util.Map;

/** A tagger that is measured. It belongs to one thread. */
interface Contestant extends AutoCloseable {
    /** The name of its row. */
    String name();

    /** Whether it is what Tagstream serves unless told otherwise. */
    boolean isDefault();

    /**
     * Makes the sentences ready in the form that the tagger takes, which is not measured.
     *
     * @param corpus says where documents begin
     * @param forms what to tag, a list of forms a sentence
     */
    Pass prepare(List<LabelledSentence> corpus, List<List<String>> forms);

    @Override
    void close();

    /** Goes over the corpus as often as it is run. */
    interface Pass {
        /** Tags every sentence: this is measured. */
        void run();

        /** What the last run gave: by layer a list of labels a sentence. */
        Map<String, List<List<String>>> labels();
    }
}
