package io.tagstream.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tagstream.event.SentenceEvent;
import io.tagstream.event.SingleObjectWriter;
import io.tagstream.event.StrictUtf8;
import io.tagstream.json.JsonText;
import io.tagstream.wire.EventWriter;
import io.tagstream.wire.IncomingSentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes sentence events in each input format. */
final class SentenceWriters {
    private SentenceWriters() {}

    static EventWriter<IncomingSentence> avro() {
        SingleObjectWriter<SentenceEvent> writer = new SingleObjectWriter<>(SentenceEvent.getClassSchema());
        return sentence -> {
            check(sentence);
            return writer.write(new SentenceEvent(
                    sentence.sentenceId(), sentence.text(), sentence.tokens(), sentence.beginsDocument()));
        };
    }

    static byte[] json(IncomingSentence sentence) {
        check(sentence);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("sentence_id", sentence.sentenceId());
            json.writeStringField("text", sentence.text());
            List<String> tokens = sentence.tokens();
            if (tokens == null) {
                json.writeNullField("tokens");
            } else {
                json.writeArrayFieldStart("tokens");
                for (String token : tokens) {
                    json.writeString(token);
                }
                json.writeEndArray();
            }
            json.writeBooleanField("begins_document", sentence.beginsDocument());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    static byte[] text(IncomingSentence sentence) {
        String text = sentence.text();
        if (text == null || !sentence.sentenceId().isEmpty() || sentence.beginsDocument()) {
            throw new IllegalArgumentException("the text format carries a text alone: no tokens, no id, no document");
        }
        if (text.endsWith("\n") || text.endsWith("\r")) {
            throw new IllegalArgumentException("the text format does not keep the end of a line");
        }
        check(sentence);
        return text.getBytes(UTF_8);
    }

    private static void check(IncomingSentence sentence) {
        StrictUtf8.requireWellFormed(sentence.sentenceId(), "the sentence id");
        if (sentence.text() != null) {
            StrictUtf8.requireWellFormed(sentence.text(), "the text");
        }
        if (sentence.tokens() != null) {
            for (String token : sentence.tokens()) {
                StrictUtf8.requireWellFormed(token, "a token");
            }
        }
    }
}
