package io.tagstream.model;

import java.util.List;

/** A file is not a model that keeps the contract. Every problem says what was found, what was expected and what to do. */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param source the file, as the user named it
     * @param problems at least one
     */
    public InvalidModelException(String source, List<String> problems) {
        super("model " + source + " cannot be used: "
                + (problems.size() == 1 ? problems.get(0) : "\n  - " + String.join("\n  - ", problems)));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
