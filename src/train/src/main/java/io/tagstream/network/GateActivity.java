package io.tagstream.network;

import io.tagstream.text.TokenTags;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an LSTM's gates did while it read a sentence. T tokens, H units of the top layer; gates are 0 (shut) to 1 (open).
 *
 * @param tokens as the network tagged them
 * @param forget the share of its memory that each unit kept, {@code [T][H]}
 * @param input how far each unit let the token into its memory, {@code [T][H]}
 * @param output how far each unit showed its memory, {@code [T][H]}
 * @param memory the memory c after each token, {@code [T][H]}
 */
public record GateActivity(
        List<TokenTags> tokens, double[][] forget, double[][] input, double[][] output, double[][] memory) {
    public GateActivity {
        tokens = List.copyOf(tokens);
    }

    /** The mean over the units, token by token. */
    public static double[] mean(double[][] gate) {
        double[] mean = new double[gate.length];
        for (int t = 0; t < gate.length; t++) {
            double sum = 0;
            for (double value : gate[t]) {
                sum += value;
            }
            mean[t] = sum / gate[t].length;
        }
        return mean;
    }

    /** The tokens' forms, each with its place where one is there twice, so that no two are alike. */
    public List<String> forms() {
        List<String> forms = tokens.stream().map(token -> token.token().form()).toList();
        return IntStream.range(0, forms.size())
                .mapToObj(t -> forms.indexOf(forms.get(t)) < t ? forms.get(t) + " (" + (t + 1) + ")" : forms.get(t))
                .toList();
    }
}
