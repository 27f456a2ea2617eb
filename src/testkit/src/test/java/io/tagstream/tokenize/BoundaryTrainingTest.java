package io.tagstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.text.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import opennlp.tools.ml.model.AbstractModel;
import org.junit.jupiter.api.Test;

class BoundaryTrainingTest {
    @Test
    void shouldLearnWhichHyphensToCut() throws IOException {
        Tokenizer apart = new UdEnglishTokenizer(learned("well|-|known north|-|east blue|-|green ."));
        Tokenizer joined = new UdEnglishTokenizer(learned("well-known north-east blue-green ."));

        assertThat(apart.tokenize("red-hot")).extracting(Token::form).containsExactly("red", "-", "hot");
        assertThat(joined.tokenize("red-hot")).extracting(Token::form).containsExactly("red-hot");
    }

    @Test
    void shouldGiveTheSameFileFromTheSameText() throws IOException {
        assertThat(trained("well|-|known a.m. end|.")).isEqualTo(trained("well|-|known a.m. end|."));
    }

    private static BoundaryModel learned(String words) throws IOException {
        return BoundaryModel.read(new ByteArrayInputStream(trained(words)));
    }

    private static byte[] trained(String words) throws IOException {
        // A full stop at the end, so that there are always both outcomes.
        String all = words + " it ends|.";
        List<GoldText> sentences = new ArrayList<>();
        for (int copy = 0; copy < 5; copy++) {
            sentences.add(GoldText.of(all.replace("|", "") + " U.S. end", List.of((all + " U.S. end").split("[ |]"))));
        }
        AbstractModel model = BoundaryTraining.train(sentences, BoundaryTraining.parameters());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BoundaryTraining.write(model, out);
        return out.toByteArray();
    }
}
