package io.tagstream.network;

import io.tagstream.batch.PackedBatch;
import io.tagstream.batch.Targets;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Optimizer;
import io.tagstream.recipe.TrainingException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One step of learning after another: loss, gradients, clipping, Adam or plain descent. For one thread. */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class Learner implements AutoCloseable {
    private static final int SUM = 2;
    private static final double NO_SMOOTHING = 0;
    private static final double LEAST_RATE = 0.02;

    private final TaggerNetwork network;
    private final LearningSettings settings;
    private final StreamStates h;
    private final StreamStates c;
    private final TensorVector parameters;
    private final org.bytedeco.pytorch.Optimizer optimizer;

    public Learner(TaggerNetwork network, NetworkShape whole, LearningSettings settings) {
        NetworkSettings shape = whole.settings();
        this.network = network;
        this.settings = settings;
        this.h = new StreamStates(settings.streams(), shape.layers(), shape.hidden());
        this.c = new StreamStates(settings.streams(), shape.layers(), shape.hidden());
        this.parameters = new TensorVector(network.tensors().toArray(Tensor[]::new));
        this.optimizer = settings.optimizer() == Optimizer.SGD
                ? new SGD(parameters, new SGDOptions(settings.learningRate()))
                : new Adam(parameters, new AdamOptions(settings.learningRate()));
    }

    /**
     * Learns from a batch.
     *
     * @param progress how far training is, 0 to 1: the rate falls along half a cosine
     * @return the loss: cross-entropy in nats, averaged over tokens and then over label layers, to labels and teachers as the settings mix
     *     them
     * @throws TrainingException if the loss is no longer a number
     */
    public double step(PackedBatch batch, double progress) {
        try (PointerScope scope = new PointerScope()) {
            NetworkOutput output =
                    network.forward(batch, h.gather(batch.turns()), c.gather(batch.turns()), settings.dropout());
            Tensor loss = loss(output.logits(), batch);
            double value = loss.item_float();
            if (!Double.isFinite(value)) {
                throw new TrainingException("training diverged: the loss is " + value
                        + "; lower the learning rate or the gradient's longest length");
            }
            optimizer.zero_grad();
            loss.backward();
            torch.clip_grad_norm_(parameters, settings.clip());
            optimizer.param_groups().get(0).options().set_lr(settings.learningRate() * decay(progress));
            optimizer.step();
            h.scatter(batch.turns(), LibTorch.values(output.h().detach()));
            c.scatter(batch.turns(), LibTorch.values(output.c().detach()));
            return value;
        }
    }

    private static double decay(double progress) {
        return LEAST_RATE + (1 - LEAST_RATE) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
    }

    /** The labels' loss, or where there are teachers that of labels and teachers mixed. */
    private Tensor loss(List<Tensor> logits, PackedBatch batch) {
        return batch.isSoft() ? softLoss(logits, batch, settings.distilling()) : loss(logits, batch.labels());
    }

    /** Cross-entropy to distributions, averaged over the tokens that have one and then over label layers. */
    private static Tensor softLoss(List<Tensor> logits, PackedBatch batch, double distilling) {
        Tensor total = LibTorch.of(new float[1], 1).sum();
        for (int layer = 0; layer < logits.size(); layer++) {
            int labels = Math.toIntExact(logits.get(layer).size(1));
            Targets targets = Targets.of(batch, layer, labels, distilling);
            Tensor sum = torch.log_softmax(logits.get(layer), 1)
                    .mul(LibTorch.of(targets.rows(), batch.tokens(), labels))
                    .sum();
            total = total.add(sum.mul(new Scalar(-1.0 / (Math.max(1, targets.labelled()) * logits.size()))));
        }
        return total;
    }

    /** Tokens without a label do not count; a layer without any label in the batch adds nothing. */
    static Tensor loss(List<Tensor> logits, long[][] labels) {
        Tensor total = LibTorch.of(new float[1], 1).sum();
        for (int layer = 0; layer < labels.length; layer++) {
            int labelled = 0;
            for (long label : labels[layer]) {
                labelled += label == Piece.NO_LABEL ? 0 : 1;
            }
            Tensor sum = torch.cross_entropy_loss(
                    logits.get(layer),
                    LibTorch.of(labels[layer]),
                    new TensorOptional(),
                    SUM,
                    Piece.NO_LABEL,
                    NO_SMOOTHING);
            float share = 1f / (Math.max(1, labelled) * labels.length);
            total = total.add(sum.mul(LibTorch.of(new float[] {share}, 1).sum()));
        }
        return total;
    }

    /**
     * What learning goes on from beside the weights.
     *
     * @param optimizer as libtorch writes it: what it remembers of each weight
     * @param h the state of every stream, {@code [streams][layers * hidden]}
     * @param c the same for c
     */
    public record State(byte[] optimizer, float[][] h, float[][] c) {}

    public State state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputArchive archive = new OutputArchive();
                ArchiveWriter writer = new ArchiveWriter() {
                    @Override
                    public long call(Pointer data, long size) {
                        byte[] part = new byte[Math.toIntExact(size)];
                        new BytePointer(data).get(part);
                        bytes.writeBytes(part);
                        return size;
                    }
                }) {
            optimizer.save(archive);
            archive.save_to(writer);
        }
        return new State(bytes.toByteArray(), h.values(), c.values());
    }

    /** Goes on from a state that a learner of the same network and settings was in. */
    public void restore(State state) {
        try (InputArchive archive = new InputArchive();
                BytePointer bytes = new BytePointer(state.optimizer())) {
            archive.load_from(bytes, state.optimizer().length);
            optimizer.load(archive);
        }
        h.load(state.h());
        c.load(state.c());
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
    }
}
