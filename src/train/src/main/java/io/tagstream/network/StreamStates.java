package io.tagstream.network;

import io.tagstream.encode.Turn;
import java.util.Arrays;
import java.util.List;

/**
 * The state of every stream, h or c, between steps. It lives outside libtorch: no gradient reaches past a sentence's start
 * (truncated back-propagation through time).
 */
public final class StreamStates {
    private final int layers;
    private final int hidden;
    private final float[][] byStream;

    public StreamStates(int streams, int layers, int hidden) {
        this.layers = layers;
        this.hidden = hidden;
        this.byStream = new float[streams][layers * hidden];
    }

    /** A copy of all states, {@code [streams][layers * hidden]}. */
    float[][] values() {
        return Arrays.stream(byStream).map(float[]::clone).toArray(float[][]::new);
    }

    /** Takes over all states. */
    void load(float[][] values) {
        for (int stream = 0; stream < byStream.length; stream++) {
            byStream[stream] = values[stream].clone();
        }
    }

    /** The states that some turns start from, {@code [layers, turns, hidden]}. */
    public float[] gather(List<Turn> turns) {
        float[] states = new float[layers * turns.size() * hidden];
        for (int row = 0; row < turns.size(); row++) {
            float[] state = byStream[turns.get(row).stream()];
            if (turns.get(row).fresh()) {
                Arrays.fill(state, 0);
            }
            for (int layer = 0; layer < layers; layer++) {
                System.arraycopy(state, layer * hidden, states, (layer * turns.size() + row) * hidden, hidden);
            }
        }
        return states;
    }

    /** Keeps the states that the turns ended in, {@code [layers, turns, hidden]}. */
    public void scatter(List<Turn> turns, float[] states) {
        for (int row = 0; row < turns.size(); row++) {
            float[] state = byStream[turns.get(row).stream()];
            for (int layer = 0; layer < layers; layer++) {
                System.arraycopy(states, (layer * turns.size() + row) * hidden, state, layer * hidden, hidden);
            }
        }
    }
}
