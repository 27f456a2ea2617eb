package io.tagstream.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pointers to the texts and the tags as one tree, so that one walk through a record finds all of them. Not changed once made. */
final class FieldTree {
    static final int NO_TEXT = -1;

    private final Map<String, FieldTree> children = new HashMap<>();
    private final String pointer;
    private final int depth;
    private int text = NO_TEXT;
    private boolean leadsToTags;
    private boolean tags;
    private int lastIndex = -1;

    private FieldTree(String pointer, int depth) {
        this.pointer = pointer;
        this.depth = depth;
    }

    static FieldTree of(RecordFields fields) {
        FieldTree root = new FieldTree("", 0);
        for (int i = 0; i < fields.texts().size(); i++) {
            root.grow(fields.texts().get(i).pointer(), false).text = i;
        }
        root.grow(fields.tags(), true).tags = true;
        return root;
    }

    private FieldTree grow(FieldPointer to, boolean leadsToTags) {
        FieldTree node = this;
        node.leadsToTags |= leadsToTags;
        for (int depth = 1; depth <= to.names().size(); depth++) {
            FieldPointer here = new FieldPointer(to.names().subList(0, depth));
            String name = to.names().get(depth - 1);
            if (name.matches("0|[1-9][0-9]{0,8}")) {
                node.lastIndex = Math.max(node.lastIndex, Integer.parseInt(name));
            }
            int childDepth = depth;
            node = node.children.computeIfAbsent(name, any -> new FieldTree(here.toString(), childDepth));
            node.leadsToTags |= leadsToTags;
        }
        return node;
    }

    /** What is known of the field of this name, null where nothing is. */
    @Nullable
    FieldTree child(String name) {
        return children.get(name);
    }

    /** What is known of the element at this index from 0, null where nothing is. */
    @Nullable
    FieldTree child(int index) {
        return index > lastIndex ? null : children.get(Integer.toString(index));
    }

    /** The number of the text that is here, or {@link #NO_TEXT}. */
    int text() {
        return text;
    }

    /** Whether the tags go exactly here. */
    boolean isTags() {
        return tags;
    }

    /** Whether the tags go here, or somewhere inside. */
    boolean leadsToTags() {
        return leadsToTags;
    }

    /** How many names lead here from the whole value. */
    int depth() {
        return depth;
    }

    /** The pointer to here, empty for the whole value. */
    @Override
    public String toString() {
        return pointer;
    }
}
