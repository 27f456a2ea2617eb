package io.tagstream.command;

import io.tagstream.eval.Evaluation;
import io.tagstream.eval.StreamingScore;
import io.tagstream.rawtext.RawScore;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found.
 *
 * @param model the model's id
 * @param raw null unless asked for
 * @param streaming null unless asked for
 */
record EvaluationFindings(
        String model,
        Evaluation tagging,
        @Nullable RawScore raw,
        @Nullable StreamingScore streaming) {}
