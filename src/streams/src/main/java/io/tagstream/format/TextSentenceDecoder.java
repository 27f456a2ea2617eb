package io.tagstream.format;

import io.tagstream.event.StrictUtf8;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.SentenceChecks;
import java.nio.charset.CharacterCodingException;

/** Reads a value that is the sentence itself, UTF-8; the end of its line, if it has one, is not part of the sentence. */
final class TextSentenceDecoder implements EventDecoder {
    @Override
    public IncomingSentence decode(byte[] value) throws UndecodableEventException {
        int length = value.length;
        if (length > 0 && value[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && value[length - 1] == '\r') {
            length--;
        }
        try {
            return SentenceChecks.checked("", StrictUtf8.decode(value, 0, length), null, false);
        } catch (CharacterCodingException e) {
            throw new UndecodableEventException("the value is not UTF-8: send text in UTF-8");
        }
    }
}
