package io.tagstream.stream;

import io.tagstream.event.TaggedSentence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step gives for one record: a tagged sentence, or a bad record. The application decides what happens to bad records: branch on
 * {@link #isTagged}, write them to a topic of its own, or fail by {@link #orThrow}.
 *
 * <p>It is a value between two processors of one topology, without a serde: map it before it is written or repartitioned.
 */
public final class TaggingResult {
    private final @Nullable TaggedSentence sentence;
    private final @Nullable BadRecord bad;

    private TaggingResult(@Nullable TaggedSentence sentence, @Nullable BadRecord bad) {
        this.sentence = sentence;
        this.bad = bad;
    }

    public static TaggingResult tagged(TaggedSentence sentence) {
        return new TaggingResult(Objects.requireNonNull(sentence), null);
    }

    public static TaggingResult bad(BadRecord bad) {
        return new TaggingResult(null, Objects.requireNonNull(bad));
    }

    public boolean isTagged() {
        return sentence != null;
    }

    /** @throws IllegalStateException if the record is bad */
    public TaggedSentence sentence() {
        if (sentence == null) {
            throw new IllegalStateException("there is no tagged sentence: " + bad);
        }
        return sentence;
    }

    /** @throws IllegalStateException if the record was tagged */
    public BadRecord bad() {
        if (bad == null) {
            throw new IllegalStateException("the record was tagged");
        }
        return bad;
    }

    /**
     * For an application that stops at a bad record.
     *
     * @throws BadRecordException if the record is bad
     */
    public TaggedSentence orThrow() {
        if (bad != null) {
            throw new BadRecordException(bad.toString());
        }
        return sentence();
    }

    @Override
    public String toString() {
        return sentence == null
                ? String.valueOf(bad)
                : "TaggingResult[" + sentence.getSentenceId() + ", "
                        + sentence.getTokens().size() + " tokens]";
    }
}
