package io.tagstream.bench;

import io.tagstream.infer.TaggerModel;

/**
 * A model of ours that takes part.
 *
 * @param name the name of its row
 * @param isDefault whether it serves unless another is named
 * @param model stays the caller's, who closes it
 */
public record ShippedModel(String name, boolean isDefault, TaggerModel model) {}
