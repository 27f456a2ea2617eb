package io.tagstream.infer;

import io.tagstream.model.ModelContract;
import java.nio.file.Path;

/** An opened and validated model file: one ONNX Runtime session for all threads. */
public final class TaggerModel implements AutoCloseable {
    /** @throws io.tagstream.model.InvalidModelException with all that is wrong with the file */
    public static TaggerModel open(Path file) {
        throw new IllegalStateException("stub " + file);
    }

    /** @throws io.tagstream.model.InvalidModelException with all that is wrong with the model */
    public static TaggerModel open(byte[] bytes, String source) {
        throw new IllegalStateException("stub " + source);
    }

    public ModelContract contract() {
        throw new IllegalStateException("stub");
    }

    /** The first 16 hexadecimal digits of the SHA-256 of the file. */
    public String fingerprint() {
        throw new IllegalStateException("stub");
    }

    /** {@code name@fingerprint}. */
    public String id() {
        return contract().name() + "@" + fingerprint();
    }

    /** A tagger for the calling thread, with buffers of its own; close it before the model. */
    public SentenceTagger newTagger() {
        return new SentenceTagger();
    }

    @Override
    public void close() {}
}
