package io.tagstream.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer (RFC 6901) to a field inside a value: {@code /messages/0/text}. The whole value, the empty pointer, is no field.
 *
 * @param names the names of the fields from the outermost in; where the value has an array, the index of an element, from 0
 */
public record FieldPointer(List<String> names) {
    public FieldPointer {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > JsonText.MAX_DEPTH) {
            throw new IllegalArgumentException("a JSON pointer has 1 to " + JsonText.MAX_DEPTH + " names, got "
                    + names.size() + ": JSON that goes deeper is not read");
        }
        for (String name : names) {
            StrictUtf8.requireWellFormed(name, "a name in the JSON pointer");
        }
    }

    /** @throws IllegalArgumentException with one sentence for the user, if the text is no pointer to a field */
    public static FieldPointer parse(String pointer) {
        if (pointer.isEmpty()) {
            throw new IllegalArgumentException(
                    "the JSON pointer is empty and so means the whole value: point to a field, as in /text");
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("'" + pointer + "' is no JSON pointer: begin it with '/', as in /text");
        }
        List<String> names = new ArrayList<>();
        for (String name : pointer.substring(1).split("/", -1)) {
            for (int at = name.indexOf('~'); at >= 0; at = name.indexOf('~', at + 1)) {
                if (at + 1 == name.length() || name.charAt(at + 1) != '0' && name.charAt(at + 1) != '1') {
                    throw new IllegalArgumentException(
                            "'" + pointer + "' is no JSON pointer: write ~0 for '~' and ~1 for '/' in a name");
                }
            }
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return new FieldPointer(names);
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
