package io.tagstream.json;

import io.tagstream.event.StrictUtf8;
import io.tagstream.text.UsageException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON pointer (RFC 6901) to a field inside a value: {@code /messages/0/text}. The whole value, the empty pointer, is no field.
 *
 * @param names the names of the fields from the outermost in; where the value has an array, the index of an element, from 0
 */
public record FieldPointer(List<String> names) {
    public FieldPointer {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > JsonText.MAX_DEPTH) {
            throw new UsageException("a JSON pointer has 1 to " + JsonText.MAX_DEPTH + " names, got " + names.size()
                    + ": JSON that goes deeper is not read");
        }
        for (String name : names) {
            StrictUtf8.requireWellFormed(name, "a name in the JSON pointer");
        }
    }

    /** @throws UsageException with one sentence for the user, if the text is no pointer to a field */
    public static FieldPointer parse(String pointer) {
        if (!isPointer(pointer)) {
            throw new UsageException("'" + pointer
                    + "' is not a JSON pointer to a field: write /user or /chat/id (~1 stands for a slash in a name, ~0 for a"
                    + " tilde)");
        }
        return new FieldPointer(Stream.of(pointer.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    /** It begins with a slash, and a tilde stands only before 0 or 1. */
    private static boolean isPointer(String pointer) {
        for (int at = pointer.indexOf('~'); at >= 0; at = pointer.indexOf('~', at + 1)) {
            if (!pointer.startsWith("0", at + 1) && !pointer.startsWith("1", at + 1)) {
                return false;
            }
        }
        return pointer.startsWith("/");
    }

    /** Whether the field that this points to is the other one, or has the other one inside. */
    boolean contains(FieldPointer other) {
        return names.size() <= other.names.size() && names.equals(other.names.subList(0, names.size()));
    }

    /** The pointer as it is written. */
    @Override
    public String toString() {
        StringBuilder pointer = new StringBuilder();
        for (String name : names) {
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
