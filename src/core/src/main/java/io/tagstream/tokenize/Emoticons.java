package io.tagstream.tokenize;

/** Faces made of punctuation: eyes, a nose perhaps, a mouth. */
final class Emoticons {
    private static final String EYES = ":;=";
    private static final String NOSES = "-'o^";
    private static final String MOUTHS = "()DPpOo/\\|*";
    private static final String[] WHOLE = {"<3", "</3", "^_^", "-_-", "o_O", "O_o", "T_T", "^^"};

    private Emoticons() {}

    /** Whether a face may begin with this character. */
    static boolean mayStart(char c) {
        return switch (c) {
            case ':', ';', '=', '>', '<', '^', '-', 'o', 'O', 'T' -> true;
            default -> false;
        };
    }

    /** The end of the face that begins at {@code at}, or {@code at} where none does. */
    static int endAt(String chunk, int at) {
        for (String face : WHOLE) {
            if (chunk.startsWith(face, at) && isFree(chunk, at, at + face.length())) {
                return at + face.length();
            }
        }
        int eyes = chunk.charAt(at) == '>' ? at + 1 : at;
        if (eyes >= chunk.length() || EYES.indexOf(chunk.charAt(eyes)) < 0) {
            return at;
        }
        int mouth = eyes + 1;
        if (mouth + 1 < chunk.length()
                && NOSES.indexOf(chunk.charAt(mouth)) >= 0
                && MOUTHS.indexOf(chunk.charAt(mouth + 1)) >= 0) {
            mouth++;
        }
        if (mouth >= chunk.length() || MOUTHS.indexOf(chunk.charAt(mouth)) < 0) {
            return at;
        }
        int end = mouth + 1;
        while (end < chunk.length() && chunk.charAt(end) == chunk.charAt(mouth)) {
            end++;
        }
        return isFree(chunk, at, end) ? end : at;
    }

    /**
     * A face stands alone: nothing but punctuation behind it, and before it no letter or digit unless it ends the chunk and
     * smiles with a bracket that closes no other.
     */
    private static boolean isFree(String chunk, int start, int end) {
        if (end < chunk.length() && (Character.isLetterOrDigit(chunk.charAt(end)) || chunk.charAt(end) == '/')) {
            return false;
        }
        if (start == 0 || !Character.isLetterOrDigit(chunk.charAt(start - 1))) {
            return true;
        }
        char mouth = chunk.charAt(end - 1);
        return end == chunk.length()
                && (mouth == ')' || mouth == '(')
                && Character.isLetter(chunk.charAt(start - 1))
                && chunk.lastIndexOf('(', start) < 0;
    }
}
