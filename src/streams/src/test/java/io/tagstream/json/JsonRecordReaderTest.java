package io.tagstream.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.WireFormats;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonRecordReaderTest {
    /** What the tags of a text without tokens look like. */
    private static final String TAGS =
            "{\"sequence\":7,\"model\":\"m@1\",\"source\":{\"topic\":\"t\",\"partition\":2,\"offset\":3},"
                    + "\"state_digest\":\"00ff00ff00ff00ff\",\"tokens\":{\"/text\":[]}}";

    private static RecordFields fields(String tags, MissingText missing, String... texts) {
        List<TextField> fields = Stream.of(texts)
                .map(text -> text.startsWith("[]")
                        ? new TextField(FieldPointer.parse(text.substring(2)), TextField.Kind.TOKENS)
                        : new TextField(FieldPointer.parse(text), TextField.Kind.TEXT))
                .toList();
        return new RecordFields(fields, FieldPointer.parse(tags), missing);
    }

    private static RecordReader reader(String... texts) {
        return WireFormats.recordReader(InputFormat.JSON, fields("/tagstream", MissingText.DEAD_LETTER, texts));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    /** The record with tags for texts without tokens. */
    private static String tagged(RecordReader reader, String json) throws UndecodableEventException {
        TaggableRecord read = reader.read(bytes(json));
        List<RecordTags.TaggedField> texts = new ArrayList<>();
        read.texts().forEach(text -> texts.add(new RecordTags.TaggedField(text.field(), List.of())));
        return new String(
                read.withTags(new RecordTags(7, "m@1", new EventSource("t", 2, 3), "00ff00ff00ff00ff", texts)), UTF_8);
    }

    private static String tagged(String tags, String json) throws UndecodableEventException {
        return tagged(WireFormats.recordReader(InputFormat.JSON, fields(tags, MissingText.DEAD_LETTER, "/text")), json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':'I eat'}|{'text':'I eat',#}",
                "{'text':'x','n':1}|{'text':'x','n':1,#}",
                "{'n':1,'text':'x'}|{'n':1,'text':'x',#}",
                "` { 'text' : 'x' } `|` { 'text' : 'x',# } `",
                "{'text':'x','n':[]}|{'text':'x','n':[],#}",
                "{'text':'x','n':{}}|{'text':'x','n':{},#}",
                "{'text':'x','n':12e+3 }|{'text':'x','n':12e+3,# }",
                "{'text':'x','n':0.10000000000000000000000000000000000000001}|{'text':'x','n':0.10000000000000000000000000000000000000001,#}",
                "{'text':'x','n':123456789012345678901234567890}|{'text':'x','n':123456789012345678901234567890,#}",
                "{'text':'x','n':-0,'m':1E400,'k':true,'j':null}|{'text':'x','n':-0,'m':1E400,'k':true,'j':null,#}",
                "{'text':'}','n':'{\\'tagstream\\':1}'}|{'text':'}','n':'{\\'tagstream\\':1}',#}",
                "{'a':1,'text':'x','a':2,'b':{'c':1,'c':1}}|{'a':1,'text':'x','a':2,'b':{'c':1,'c':1},#}",
                "{'t\\u0065xt':'\\u0049'}|{'t\\u0065xt':'\\u0049',#}",
                "{'x':'\\ud83d','\\ude00':1,'text':'\\ud83d\\ude00'}|{'x':'\\ud83d','\\ude00':1,'text':'\\ud83d\\ude00',#}",
                "{'text':'caf\u00e9 \uD83D\uDE00','\u65e5\u672c':'\u8a9e\u0080\u07ff\u0800\uffff\uDBFF\uDFFF'}|{'text':'caf\u00e9 \uD83D\uDE00','\u65e5\u672c':'\u8a9e\u0080\u07ff\u0800\uffff\uDBFF\uDFFF',#}",
                "{'n':{'tagstream':1,'text':2},'text':'x'}|{'n':{'tagstream':1,'text':2},'text':'x',#}",
            })
    void shouldKeepEveryByteAndAddTheTagsAtTheEndOfTheObject(String json, String expected)
            throws UndecodableEventException {
        assertThat(tagged(reader("/text"), json.replace('\'', '"')))
                .isEqualTo(expected.replace('\'', '"').replace("#", "\"tagstream\":" + TAGS));
    }

    @Test
    void shouldKeepTheLayoutOfSeveralLinesAndWhatFollows() throws UndecodableEventException {
        assertThat(tagged(reader("/text"), "{\r\n\t\"text\": \"x\"\r\n}\r\n\n "))
                .isEqualTo("{\r\n\t\"text\": \"x\",\"tagstream\":" + TAGS + "\r\n}\r\n\n ");
    }

    @Test
    void shouldKeepNamesAndNumbersOfAnyLength() throws UndecodableEventException {
        String rest =
                "\"" + "n".repeat(100_000) + "\":" + "1".repeat(100_000) + ",\"s\":\"" + "\\n".repeat(100_000) + "\"";
        assertThat(tagged(reader("/text"), "{\"text\":\"x\"," + rest + "}"))
                .isEqualTo("{\"text\":\"x\"," + rest + ",\"tagstream\":" + TAGS + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/nlp/tags|{'nlp':{'v':1},'text':'x'}|{'nlp':{'v':1,'tags':#},'text':'x'}",
                "/nlp/tags|{'nlp':{ },'text':'x'}|{'nlp':{'tags':# },'text':'x'}",
                "/nlp/tags|{'text':'x'}|{'text':'x','nlp':{'tags':#}}",
                "/a/b/c|{'a':{'d':{}},'text':'x'}|{'a':{'d':{},'b':{'c':#}},'text':'x'}",
                "/a/1/c|{'a':[{'d':1},{'d':2}],'text':'x'}|{'a':[{'d':1},{'d':2,'c':#}],'text':'x'}",
                "/a~1b/m~0n|{'text':'x','a/b':{}}|{'text':'x','a/b':{'m~n':#}}",
                "/|{'text':'x'}|{'text':'x','':#}",
                "/q'|{'text':'x'}|{'text':'x','q\\'':#}",
            })
    void shouldPutTheTagsWhereTheyAreWantedAndMakeTheObjectsAround(String tags, String json, String expected)
            throws UndecodableEventException {
        assertThat(tagged(tags.replace('\'', '"'), json.replace('\'', '"')))
                .isEqualTo(expected.replace('\'', '"').replace("#", TAGS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/tagstream|{'text':'x','tagstream':{}}|already has something at /tagstream",
                "/tagstream|{'tagstream':null,'text':'x'}|already has something at /tagstream",
                "/t~1|{'t\\u002f':1,'text':'x'}|already has something at /t~1",
                "/a/b|{'a':{'b':1},'text':'x'}|already has something at /a/b",
                "/a/1|{'a':[1,2],'text':'x'}|already has something at /a/1",
                "/a/b|{'a':1,'text':'x'}|no place at /a/b, for there is a number at /a:",
                "/a/b|{'a':null,'text':'x'}|no place at /a/b, for there is null at /a:",
                "/a/b/c|{'a':{'b':'s'},'text':'x'}|no place at /a/b/c, for there is a string at /a/b:",
                "/a/2|{'a':[1,2],'text':'x'}|no place at /a/2, for there is an array at /a:",
                "/a/-|{'a':[1,2],'text':'x'}|no place at /a/-, for there is an array at /a:",
                "/a/5/b|{'a':[{}],'text':'x'}|no place at /a/5/b, for there is an array at /a:",
                "/a/0/b|{'a':[[]],'text':'x'}|no place at /a/0/b, for there is an array at /a/0:",
                "/a/b|{'a':{},'text':'x','a':{}}|/a is there twice",
            })
    void shouldRefuseTagsWithoutAPlace(String tags, String json, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> tagged(tags, json.replace('\'', '"')))
                .withMessageContaining(message);
    }

    @Test
    void shouldFindTextsAnywhereInTheOrderGiven() throws UndecodableEventException {
        RecordReader reader = reader("/b/1/t", "[]/w", "/a~1b/~0", "/", "/m/-");
        TaggableRecord read = reader.read(
                bytes(
                        "{\"\":\"root\",\"a/b\":{\"~\":\"tilde\"},\"w\":[\"I\",\"\\u0065at\"],\"b\":[{\"t\":1},{\"x\":[[]],\"t\":\"second\"}],\"m\":{\"-\":\"\"}}"));
        assertThat(read.texts())
                .containsExactly(
                        new TaggableRecord.Text(
                                FieldPointer.parse("/b/1/t"), new IncomingSentence("", "second", null, false)),
                        new TaggableRecord.Text(
                                FieldPointer.parse("/w"), new IncomingSentence("", null, List.of("I", "eat"), false)),
                        new TaggableRecord.Text(
                                FieldPointer.parse("/a~1b/~0"), new IncomingSentence("", "tilde", null, false)),
                        new TaggableRecord.Text(FieldPointer.parse("/"), new IncomingSentence("", "root", null, false)),
                        new TaggableRecord.Text(FieldPointer.parse("/m/-"), new IncomingSentence("", "", null, false)));
    }

    @Test
    void shouldWriteTheTokensOfEachTextUnderItsPointer() throws UndecodableEventException {
        TokenTags eat = new TokenTags(new Token("eat", 2, 5), "VERB", 0.75f, Map.of("xpos", "VBP"));
        TokenTags one = new TokenTags(Token.of("\"1\""), "NUM", 1f, Map.of());
        byte[] tagged = reader("/b", "[]/a~1")
                .read(bytes("{\"a/\":[\"\\\"1\\\"\"],\"b\":\"I eat\"}"))
                .withTags(new RecordTags(
                        4,
                        "m@1",
                        null,
                        null,
                        List.of(
                                new RecordTags.TaggedField(FieldPointer.parse("/b"), List.of(eat)),
                                new RecordTags.TaggedField(FieldPointer.parse("/a~1"), List.of(one)))));
        assertThat(new String(tagged, UTF_8))
                .isEqualTo(
                        "{\"a/\":[\"\\\"1\\\"\"],\"b\":\"I eat\",\"tagstream\":{\"sequence\":4,\"model\":\"m@1\",\"source\":null,"
                                + "\"state_digest\":null,\"tokens\":{\"/b\":[{\"form\":\"eat\",\"start\":2,\"end\":5,\"tag\":\"VERB\","
                                + "\"score\":0.75,\"tags\":{\"xpos\":\"VBP\"}}],\"/a~1\":[{\"form\":\"\\\"1\\\"\",\"start\":-1,\"end\":-1,"
                                + "\"tag\":\"NUM\",\"score\":1.0,\"tags\":{}}]}}}");
    }

    @Test
    void shouldRefuseTagsThatCannotBeWritten() throws UndecodableEventException {
        TaggableRecord read = reader("/text").read(bytes("{\"text\":\"x\"}"));
        TokenTags notANumber = new TokenTags(Token.of("x"), "NOUN", Float.NaN, Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.withTags(new RecordTags(
                        1,
                        "m",
                        null,
                        null,
                        List.of(new RecordTags.TaggedField(FieldPointer.parse("/text"), List.of(notANumber))))))
                .withMessageContaining("NaN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':12}|field /text: expected a string, found a number",
                "{'text':['x']}|field /text: expected a string, found an array",
                "{'text':{'text':'x'}}|field /text: expected a string, found an object",
                "{'text':true}|field /text: expected a string, found a boolean",
                "{'text':'x','words':'y'}|field /words: expected an array of strings, found a string",
                "{'text':'x','words':['y',1]}|field /words/1: expected a string, found a number",
                "{'text':'x','words':['y',null]}|field /words/1: expected a string, found null",
                "{'text':'x','words':['y','']}|token 1 (from 0) is empty",
                "{'text':'a\\ud83d','words':[]}|field /text has an unpaired surrogate",
                "{'text':'\\ude00\\ud83d','words':[]}|field /text has an unpaired surrogate",
                "{'text':'x','words':['\\ud83d']}|field /words/0 has an unpaired surrogate",
                "{'text':'x','text':'y','words':[]}|field /text is there twice",
                "{'text':'x','words':[],'t\\u0065xt':null}|field /text is there twice",
                "{'text':'x'}|field /words is missing or null",
                "{'words':[],'text':null}|field /text is missing or null",
                "{}|field /text is missing or null",
                "['x']|not a JSON object: found an array",
                "'x'|not a JSON object: found a string",
                "12|not a JSON object: found a number",
                "null|not a JSON object: found null",
                "{'text':'x','words':[]}{}|more follows the JSON object at line 1, column 24",
                "{'text':'x','words':[]} secret|not valid JSON at line 1",
                "`{'text':'x','words':[]}\u0000`|not valid JSON at line 1",
                "{'text':'x','words':[],'n':NaN}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':-Infinity}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':01}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':+1}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':'\\x'}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':'\\u12'}|not valid JSON at line 1",
                "{'text':'x','words':[],'n':'secret\t'}|not valid JSON at line 1",
                "{'text':'x','words':[],secret:1}|not valid JSON at line 1",
                "{'text':'x','words':[],}|not valid JSON at line 1",
                "{'text':'x','words':[]|not valid JSON at line 1",
                "{'text':'x','words':['y'|not valid JSON at line 1",
                "{'text':'secret|not valid JSON at line 1",
                "/* secret */{'text':'x','words':[]}|not valid JSON at line 1",
            })
    void shouldRefuseWhatCannotBeTagged(String json, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> reader("/text", "[]/words").read(bytes(json.replace('\'', '"'))))
                .withMessageContaining(message)
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void shouldRefuseBytesThatAreNoUtf8OrHaveAByteOrderMark() {
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE)) {
            byte[] value = "{\"text\":\"caf\u00e9\u00d8\"}".getBytes(charset);
            assertThatExceptionOfType(UndecodableEventException.class)
                    .isThrownBy(() -> reader("/text").read(value));
        }
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> reader("/text").read(new byte[0]))
                .withMessageContaining("found nothing");
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> reader("/text").read(bytes("\uFEFF{\"text\":\"x\"}")))
                .withMessageContaining("byte order mark");
    }

    @Test
    void shouldReadWhatIs64LevelsDeepAndNothingDeeper() throws UndecodableEventException {
        String deepest = "{\"x\":" + "[".repeat(63) + "]".repeat(63) + ",\"text\":\"x\"}";
        assertThat(tagged(reader("/text"), deepest)).startsWith(deepest.substring(0, deepest.length() - 1));
        for (String deeper : List.of(
                "{\"x\":" + "[".repeat(64) + "]".repeat(64) + ",\"text\":\"x\"}",
                "{\"text\":\"x\",\"x\":" + "{\"x\":".repeat(64) + "1" + "}".repeat(65),
                "{\"text\":\"x\",\"x\":" + "[".repeat(1_000_000))) {
            assertThatExceptionOfType(UndecodableEventException.class)
                    .isThrownBy(() -> reader("/text").read(bytes(deeper)))
                    .withMessageContaining("deeper than 64 levels");
        }
        FieldPointer inside = FieldPointer.parse("/a".repeat(64));
        RecordReader reader = WireFormats.recordReader(
                InputFormat.JSON,
                new RecordFields(
                        List.of(new TextField(inside, TextField.Kind.TEXT)),
                        RecordFields.DEFAULT_TAGS,
                        MissingText.DEAD_LETTER));
        assertThat(reader.read(bytes("{\"a\":".repeat(64) + "\"x\"" + "}".repeat(64)))
                        .texts())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|",
                "{'text':null,'title':null}|",
                "{'a':{'b':'text'}}|",
                "{'title':'x'}|/title",
                "{'text':'','title':null}|/text",
                "{'title':'x','text':'y'}|/text /title",
                "{'title':'x','text':'y','words':[['a']]}|/text /title",
                "{'words':[1,['a']]}|/words/1",
                "{'words':{'1':['a']}}|/words/1",
            })
    void shouldTagWhatIsThereWhereMissingTextPasses(String json, String expected) throws UndecodableEventException {
        RecordReader reader = WireFormats.recordReader(
                InputFormat.JSON, fields("/tagstream", MissingText.PASS, "/text", "[]/words/1", "/title"));
        assertThat(reader.read(bytes(json.replace('\'', '"'))).texts())
                .extracting(text -> text.field().toString())
                .isEqualTo(expected == null ? List.of() : List.of(expected.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':1}|expected a string",
                "{'tagstream':{}}|already has something",
                "{'text':null,'text':null}|there twice",
                "[]|not a JSON object",
                "{|not valid JSON",
            })
    void shouldRefuseTheRestWhereMissingTextPassesToo(String json, String message) {
        RecordReader reader =
                WireFormats.recordReader(InputFormat.JSON, fields("/tagstream", MissingText.PASS, "/text"));
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> reader.read(bytes(json.replace('\'', '"'))))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = InputFormat.class,
            names = {"AVRO", "TEXT"})
    void shouldReadNoOtherFormatYet(InputFormat format) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireFormats.recordReader(format, fields("/tagstream", MissingText.PASS, "/text")))
                .withMessageContaining("fields are found in JSON alone, got the input format");
    }
}
