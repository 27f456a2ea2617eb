package io.tagstream.tokenize;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import opennlp.tools.ml.model.BinaryFileDataReader;
import opennlp.tools.ml.model.GenericModelReader;
import opennlp.tools.ml.model.MaxentModel;

/** The maximum entropy model, run by OpenNLP, that says whether a token ends between two runs. */
final class BoundaryModel {
    static final String RESOURCE = "/tokenize/ud-english.bin";
    static final String CUT = "T";
    static final String JOIN = "F";

    private final MaxentModel model;
    private final int cut;

    BoundaryModel(MaxentModel model) {
        this.model = model;
        this.cut = model.getIndex(CUT);
    }

    /** The model that ships with this build. */
    static BoundaryModel shipped() {
        try (InputStream in = BoundaryModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the tokenizer's model " + RESOURCE + " is missing from the class path");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the tokenizer's model " + RESOURCE + " cannot be read", e);
        }
    }

    static BoundaryModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(new GZIPInputStream(in)));
        return new BoundaryModel(new GenericModelReader(new BinaryFileDataReader(data)).getModel());
    }

    /** The probability that a token ends before run {@code run} of a chunk that {@code after} follows. */
    double cutProbability(Runs runs, int run, Follower after) {
        return model.eval(BoundaryFeatures.of(runs, run, after))[cut];
    }
}
