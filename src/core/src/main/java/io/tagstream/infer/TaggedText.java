package io.tagstream.infer;

import io.tagstream.text.TokenTags;
import java.util.List;

/** A tagged sentence and the state after it. */
public record TaggedText(List<TokenTags> tokens, HiddenState next) {}
