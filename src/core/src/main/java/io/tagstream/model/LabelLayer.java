package io.tagstream.model;

import io.tagstream.text.TagSet;

/** A layer of labels that a model gives every token: its name ({@code upos}) and its labels in output order. */
public record LabelLayer(String name, TagSet tags) {}
