package io.tagstream.topology;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggedText;
import io.tagstream.json.RecordReader;
import io.tagstream.json.RecordTags;
import io.tagstream.json.TaggableRecord;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.StreamState;
import io.tagstream.stream.BadRecordException;
import io.tagstream.stream.SentenceTagging;
import io.tagstream.text.Token;
import io.tagstream.wire.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tags fields of records that have a shape of their own, and puts out each record as it came with the tags in addition. Each text is a
 * sentence of the stream and counts in its sequence; the state runs through them in their order. One that fails is the whole
 * record's failure, and leaves the state where it was before the record.
 */
final class FieldTagging implements RecordTagging {
    private final boolean remembers;
    private final String model;
    private final HiddenState zero;
    private final SentenceTagging sentences;
    private final RecordReader reader;

    FieldTagging(StreamSettings settings, TaggingParts parts, SentenceTagging sentences, RecordReader reader) {
        this.remembers = settings.memory() == StreamMemory.STREAM;
        this.model = parts.model().id();
        this.zero = HiddenState.zero(parts.model().contract());
        this.sentences = sentences;
        this.reader = reader;
    }

    @Override
    public TaggedRecord tag(byte[] value, EventSource source, long eventTime, Supplier<StreamState> before) {
        TaggableRecord record = read(value);
        if (record.texts().isEmpty()) {
            return TaggedRecord.passed(value);
        }
        List<List<Token>> tokens = new ArrayList<>();
        int count = 0;
        for (TaggableRecord.Text text : record.texts()) {
            List<Token> cut = sentences.tokens(text.sentence());
            count += cut.size();
            sentences.checkCount(count, "the record has at least");
            tokens.add(cut);
        }
        StreamState state = before.get();
        List<RecordTags.TaggedField> fields = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            TaggedText tagged = sentences.tag(tokens.get(i), remembers ? state.hidden() : zero);
            state = state.next(tokens.get(i).size(), eventTime, tagged.next());
            fields.add(new RecordTags.TaggedField(record.texts().get(i).field(), tagged.tokens()));
        }
        byte[] out = write(
                record,
                new RecordTags(
                        remembers ? state.sequence() : 0,
                        model,
                        source,
                        remembers ? state.hidden().digest() : null,
                        fields));
        return new TaggedRecord(List.of(out), state, tokens.size(), count);
    }

    private TaggableRecord read(byte[] value) {
        try {
            return reader.read(value);
        } catch (UndecodableEventException e) {
            throw new BadRecordException(e.getMessage());
        }
    }

    private static byte[] write(TaggableRecord record, RecordTags tags) {
        try {
            return record.withTags(tags);
        } catch (IllegalArgumentException e) {
            throw new BadRecordException("the tags cannot be written: " + e.getMessage());
        }
    }
}
