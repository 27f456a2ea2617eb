package io.tagstream.result;

import io.tagstream.eval.Evaluation;
import java.nio.file.Path;

/**
 * What training gave.
 *
 * @param file the model file
 * @param bytes its size
 * @param epoch the best epoch, counted from 1, whose weights the file holds; perhaps the one that training was stopped in
 * @param stopped whether training ended early because it was asked to; it can be gone on with where an epoch had ended
 * @param largestDifference between the trainer's probabilities and those of the exported fp32 model, on dev sentences
 * @param fp32 the exported fp32 model on the dev corpus
 * @param saved the model as saved on the dev corpus; the same as {@code fp32} where that is what was asked for
 */
public record TrainReport(
        Path file,
        long bytes,
        int epoch,
        boolean stopped,
        double largestDifference,
        Evaluation fp32,
        Evaluation saved) {}
