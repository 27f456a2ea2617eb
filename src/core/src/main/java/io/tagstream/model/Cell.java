package io.tagstream.model;

/** The recurrent cell of a model. */
public enum Cell {
    /** h_t = tanh(W_xh x_t + W_hh h_t-1 + b) (Elman 1990); its state is h alone. */
    RNN,
    /** Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gate (Gers et al. 2000); its state is h and c. */
    LSTM
}
