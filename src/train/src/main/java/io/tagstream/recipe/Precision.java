package io.tagstream.recipe;

import java.util.Locale;

/** How a model file holds its weights. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** The LSTM and the word table as 8-bit integers: a third of the size, a third of the time. */
    INT8;

    /** As the model contract writes it: {@code fp32}, {@code int8}. */
    public String contractName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
