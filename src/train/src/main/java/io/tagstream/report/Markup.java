package io.tagstream.report;

/**
 * Text for people, as HTML. Everything is escaped but these marks: {@code *emphasis*}, {@code `code`} and {@code $formula$} in the
 * notation of {@link Formula}.
 */
final class Markup {
    private Markup() {}

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
                html.append(PlainText.escape(text.substring(from, next)));
                from = next;
            } else {
                String inside = text.substring(from + 1, end);
                html.append(
                        switch (mark) {
                            case '*' -> "<em>" + PlainText.escape(inside) + "</em>";
                            case '`' -> "<code>" + PlainText.escape(inside) + "</code>";
                            default -> Formula.mathml(inside, false);
                        });
                from = end + 1;
            }
        }
        return html.toString();
    }
}
