package io.tagstream.onnx;

/**
 * ONNX Runtime failed on a model that had loaded. It would fail for other sentences too, so it is no reason to give up on the
 * one that happened to be there.
 */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
