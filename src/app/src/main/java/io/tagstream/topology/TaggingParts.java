package io.tagstream.topology;

import io.tagstream.format.WireFormats;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import java.util.function.Supplier;

/**
 * What tagging is made of. Each task takes one of each for itself, on its own thread; the model is everybody's, and the caller
 * closes it after the application.
 *
 * @param model the model
 * @param tokenizer cuts raw text
 * @param decoder reads sentence events
 * @param encoder writes tagged sentences
 */
public record TaggingParts(
        TaggerModel model,
        Supplier<Tokenizer> tokenizer,
        Supplier<EventDecoder> decoder,
        Supplier<EventEncoder> encoder) {
    /** With the wire formats that the settings name. */
    public static TaggingParts of(StreamSettings settings, TaggerModel model, Supplier<Tokenizer> tokenizer) {
        return new TaggingParts(
                model,
                tokenizer,
                () -> WireFormats.decoder(settings.inputFormat()),
                () -> WireFormats.encoder(settings.outputFormat(), settings.emit()));
    }
}
