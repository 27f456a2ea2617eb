package io.tagstream.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSentenceDecoderTest {
    private final EventDecoder decoder = WireFormats.decoder(InputFormat.JSON);

    private IncomingSentence decode(String json) throws UndecodableEventException {
        return decoder.decode(json.getBytes(UTF_8));
    }

    @Test
    void shouldGiveMissingFieldsTheirDefaults() throws UndecodableEventException {
        assertThat(decode("{\"text\":\"I eat apple.\"}"))
                .isEqualTo(new IncomingSentence("", "I eat apple.", null, false));
        assertThat(decode("{\"tokens\":[]}")).isEqualTo(new IncomingSentence("", null, List.of(), false));
    }

    @Test
    void shouldReadEveryField() throws UndecodableEventException {
        assertThat(
                        decode(
                                "{\"begins_document\":true,\"tokens\":[\"a\",\"\\ud83d\\ude00\"],\"sentence_id\":\"s1\",\"text\":null}"))
                .isEqualTo(new IncomingSentence("s1", null, List.of("a", "\uD83D\uDE00"), true));
    }

    @Test
    void shouldIgnoreFieldsThatItDoesNotKnow() throws UndecodableEventException {
        assertThat(decode("{\"source\":{\"text\":[1,{\"tokens\":2}]},\"text\":\"x\",\"n\":1e400}"))
                .isEqualTo(new IncomingSentence("", "x", null, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':12}|field text: expected a string or null, found a number",
                "{'text':{'string':'x'}}|field text: expected a string or null, found an object",
                "{'text':'x','sentence_id':null}|field sentence_id: expected a string, found null",
                "{'text':'x','begins_document':'true'}|field begins_document: expected true or false, found a string",
                "{'tokens':'a b'}|field tokens: expected an array of strings or null, found a string",
                "{'tokens':['a',null]}|field tokens[1]: expected a string, found null",
                "{'tokens':['a',['b']]}|field tokens[1]: expected a string, found an array",
                "{'tokens':['a','']}|token 1 (from 0) is empty",
                "{'text':'a\\ud83d'}|field text has an unpaired surrogate",
                "{'tokens':['a','\\ude00']}|field tokens[1] has an unpaired surrogate",
                "{}|neither text nor tokens is set",
                "{'text':null}|neither text nor tokens is set",
                "{'text':'x','tokens':['x']}|both text and tokens are set",
                "{'text':'x','text':'y'}|a field is there for the second time at line 1, column 13",
                "{'a':1,'a':2,'text':'x'}|a field is there for the second time at line 1, column 8",
                "{'text':'x'}{}|more follows the JSON object at line 1, column 13",
                "{'text':'x'} secret|not valid JSON at line 1",
                "['x']|not a JSON object: found an array",
                "'x'|not a JSON object: found a string",
                "null|not a JSON object: found null",
                "''|not a JSON object",
                "secret|not valid JSON at line 1",
                "{'text':secret}|not valid JSON at line 1",
                "{'text':'x'|not valid JSON at line 1",
                "{'text':'x',}|not valid JSON at line 1",
                "{'tokens':['a'|not valid JSON at line 1",
            })
    void shouldRefuseWhatIsNoSentenceEvent(String json, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> decode(json.replace('\'', '"')))
                .withMessageContaining(message)
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void shouldRefuseAnEmptyValue() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> decode(""))
                .withMessage("the value is not a JSON object: found nothing");
    }

    @Test
    void shouldRefuseWhatNestsWithoutEnd() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> decode("{\"x\":" + "[".repeat(1_000_000)))
                .withMessageContaining("deeper than 64 levels");
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1", "UTF-16BE"})
    void shouldRefuseOtherEncodings(Charset charset) {
        byte[] value = "{\"text\":\"caf\u00e9\u00d8\"}".getBytes(charset);
        assertThatExceptionOfType(UndecodableEventException.class).isThrownBy(() -> decoder.decode(value));
    }
}
