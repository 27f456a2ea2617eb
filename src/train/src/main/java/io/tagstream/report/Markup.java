package io.tagstream.report;

/**
 * Text for people, as HTML. Everything is escaped but these marks: {@code *emphasis*}, {@code `code`} and {@code $formula$} in the
 * notation of {@link Formula}.
 */
final class Markup {
    private Markup() {}

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

    static String html(String text) {
        StringBuilder html = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            char mark = text.charAt(from);
            int end = "*`$".indexOf(mark) >= 0 ? text.indexOf(mark, from + 1) : -1;
            if (end < 0) {
                int next = from + 1;
                while (next < text.length() && "*`$".indexOf(text.charAt(next)) < 0) {
                    next++;
                }
                html.append(escape(text.substring(from, next)));
                from = next;
            } else {
                String inside = text.substring(from + 1, end);
                html.append(
                        switch (mark) {
                            case '*' -> "<em>" + escape(inside) + "</em>";
                            case '`' -> "<code>" + escape(inside) + "</code>";
                            default -> Formula.mathml(inside, false);
                        });
                from = end + 1;
            }
        }
        return html.toString();
    }
}
