package io.tagstream.infer;

/** The model gave no usable answer for a sentence; the state before it still holds, and other sentences are not concerned. */
public final class UntaggableSentenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int token;

    UntaggableSentenceException(String message, int token) {
        super(message);
        this.token = token;
    }

    /** The index of the token in the sentence that the answer was unusable at. */
    public int token() {
        return token;
    }
}
