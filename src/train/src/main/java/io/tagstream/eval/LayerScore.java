package io.tagstream.eval;

/**
 * How well a model tags one label layer.
 *
 * @param all every token
 * @param known the tokens whose word is known
 * @param unknown the others
 */
public record LayerScore(ConfusionMatrix all, ConfusionMatrix known, ConfusionMatrix unknown) {
    /** Nothing counted yet. */
    static LayerScore empty() {
        return new LayerScore(new ConfusionMatrix(), new ConfusionMatrix(), new ConfusionMatrix());
    }

    void add(String gold, String predicted, boolean isKnown) {
        all.add(gold, predicted);
        (isKnown ? known : unknown).add(gold, predicted);
    }
}
