package io.tagstream.report;

/** Text as HTML that has no marks of its own. */
final class PlainText {
    private PlainText() {}

    /** Plain text, safe between tags and in double-quoted attributes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(code -> {
            switch (code) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(code) ? code : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** What XML 1.0 allows: a page must not break on a token that holds a control character. */
    private static boolean allowed(int code) {
        return code == '\t'
                || code == '\n'
                || code == '\r'
                || (code >= 0x20 && code < 0xD800)
                || (code >= 0xE000 && code != 0xFFFE && code != 0xFFFF);
    }
}
