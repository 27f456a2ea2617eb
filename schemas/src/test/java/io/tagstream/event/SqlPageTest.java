package io.tagstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of {@code sql.md} have the columns of the schemas. */
class SqlPageTest {
    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE", "CREATE STREAM"})
    void shouldHaveEveryFieldOfTheSchemasBetweenBackticks(String statement) throws IOException {
        assertThat(columns(statement + " `tagged` ")).containsAll(fields(TaggedSentence.getClassSchema()));
        assertThat(columns(statement + " `tagged_tokens` ")).containsAll(fields(TokenEvent.getClassSchema()));
    }

    /** What stands between backticks from the statement's beginning to its columns' end. */
    private static Set<String> columns(String beginning) throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/sql.md"));
        int start = page.indexOf(beginning);
        assertThat(start).as(beginning).isNotNegative();
        Set<String> columns = new LinkedHashSet<>();
        Matcher name =
                Pattern.compile("`([a-z_]+)` [A-Z]").matcher(page.substring(start, page.indexOf(" WITH (", start)));
        while (name.find()) {
            columns.add(name.group(1));
        }
        return columns;
    }

    private static List<String> fields(Schema event) {
        List<String> fields = new ArrayList<>();
        for (Schema schema : List.of(event, TaggedToken.getClassSchema(), Source.getClassSchema())) {
            schema.getFields().forEach(field -> fields.add(field.name()));
        }
        return fields;
    }
}
