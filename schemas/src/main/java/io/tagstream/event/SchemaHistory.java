package io.tagstream.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.NullMarked;

/**
 * Every version in which a schema was ever published, oldest first: the resources {@code schemas-history/NAME.1.avsc},
 * {@code NAME.2.avsc} and so on, each complete in itself. A published version is never changed; a change of {@code schemas/NAME.avsc}
 * is published by adding it here under the next number, so that what older programs write can be read for ever.
 */
@NullMarked
public final class SchemaHistory {
    private SchemaHistory() {}

    /** @throws IllegalStateException if the schema has no published version */
    public static List<Schema> of(String name) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String resource = "/schemas-history/" + name + "." + (versions.size() + 1) + ".avsc";
            try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
                if (in == null) {
                    break;
                }
                versions.add(new SchemaParser().parse(in).mainSchema());
            } catch (IOException e) {
                throw new UncheckedIOException("could not read " + resource, e);
            }
        }
        if (versions.isEmpty()) {
            throw new IllegalStateException("no published version of schema " + name + " under schemas-history");
        }
        return versions;
    }
}
