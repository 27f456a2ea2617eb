package io.tagstream.tokenize;

/** Signs that mean what an ASCII one does, for the rules and the model, which was trained on text that is nearly all ASCII. */
final class Signs {
    private Signs() {}

    /** The ASCII sign that stands for this one, or the sign itself. */
    static char plain(char sign) {
        return switch (sign) {
            case '\u2019', '\u02BC', '\u00B4', '\u2032', '\uFF07' -> '\'';
            case '\u2018' -> '`';
            case '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212' -> '-';
            case '\u00A3', '\u20AC', '\u00A5', '\u20B9' -> '$';
            default -> sign;
        };
    }

    /** Whether a sign, once plain, is one that the model knows: any other stands alone, as emoji and dashes should. */
    static boolean isFamiliar(char sign) {
        char plain = plain(sign);
        return plain > ' ' && plain < 0x7F;
    }
}
