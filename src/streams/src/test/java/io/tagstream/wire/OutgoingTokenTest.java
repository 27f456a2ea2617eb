package io.tagstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingTokenTest {
    private static final OutgoingSentence SENTENCE = new OutgoingSentence(
            "s",
            4,
            "m@0",
            new EventSource("t", 1, 2),
            null,
            List.of(
                    new TokenTags(Token.of("a"), "X", 1, Map.of()),
                    new TokenTags(Token.of("b"), "Y", 0, Map.of()),
                    new TokenTags(Token.of("c"), "Z", 0.5f, Map.of())),
            "0000000000000099");

    @Test
    void shouldPutTheStateDigestOnTheLastTokenAlone() {
        assertThat(OutgoingToken.split(SENTENCE))
                .extracting(OutgoingToken::stateDigest)
                .containsExactly(null, null, "0000000000000099");
    }

    @Test
    void shouldJoinWhatWasSplit() {
        assertThat(OutgoingToken.join(OutgoingToken.split(SENTENCE))).isEqualTo(SENTENCE);
    }

    @Test
    void shouldNotJoinTokensThatAreNotAllOfOneSentence() {
        List<OutgoingToken> tokens = OutgoingToken.split(SENTENCE);
        List<OutgoingToken> swapped = new ArrayList<>(tokens);
        Collections.swap(swapped, 0, 1);
        List<OutgoingToken> mixed = new ArrayList<>(tokens);
        mixed.set(0, new OutgoingToken("s", 5, 0, 3, tokens.get(0).token(), "m@0", null, null));
        List<OutgoingToken> elsewhere = new ArrayList<>(tokens);
        elsewhere.set(
                0, new OutgoingToken("s", 4, 0, 3, tokens.get(0).token(), "m@0", new EventSource("t", 1, 1), null));
        for (List<OutgoingToken> wrong : List.of(
                swapped, mixed, elsewhere, tokens.subList(0, 2), tokens.subList(1, 3), List.<OutgoingToken>of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> OutgoingToken.join(wrong));
        }
    }
}
