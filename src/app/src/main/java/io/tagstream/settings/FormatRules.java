package io.tagstream.settings;

import static io.tagstream.settings.SettingCheck.require;

import io.tagstream.json.RecordFields;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.wire.Emit;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutputFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which settings of formats, streams and memory go together. */
final class FormatRules {
    private FormatRules() {}

    /** @throws InvalidSettingException with one sentence on what does not fit */
    static void check(
            InputFormat inputFormat,
            OutputFormat outputFormat,
            Emit emit,
            boolean includeText,
            @Nullable RecordFields fields,
            KeySource keyFrom,
            StreamMemory memory,
            Duration stateTtl) {
        if (fields != null) {
            require(
                    inputFormat == InputFormat.JSON && outputFormat == OutputFormat.JSON,
                    "a field is tagged in JSON and nothing else: set --input-format json and --output-format json, or leave"
                            + " out --text-field and --tokens-field");
            require(
                    emit == Emit.SENTENCE,
                    "a record whose fields are tagged is put out as one record: leave out --emit token, or --text-field and"
                            + " --tokens-field");
            require(
                    !includeText,
                    "a record whose fields are tagged keeps its text: leave out --include-text, or --text-field and"
                            + " --tokens-field");
        }
        require(
                !includeText || emit == Emit.SENTENCE,
                "a record per token has no place for the text: leave out --include-text or --emit token");
        require(
                keyFrom.kind() != KeySource.Kind.FIELD || inputFormat == InputFormat.JSON,
                "--key-from " + keyFrom + " needs JSON values: set --input-format json, or choose another --key-from");
        require(
                keyFrom.kind() != KeySource.Kind.NONE || memory == StreamMemory.NONE,
                "--key-from none has no streams that could be remembered: leave out --memory stream, or choose another"
                        + " --key-from");
        require(
                memory == StreamMemory.STREAM || stateTtl.isZero(),
                "without memory there is no state that could expire: leave out --state-ttl, or --memory none and"
                        + " --key-from none");
    }
}
