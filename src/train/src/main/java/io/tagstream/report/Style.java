package io.tagstream.report;

/** How pages look: one column, dark on white, wide tables scroll. */
final class Style {
    static final String CSS = """
            body{margin:0;background:#f6f7f9;color:#24292f;font:17px/1.6 "Source Sans 3","Segoe UI","Liberation Sans",Arial,sans-serif}
            main{max-width:900px;margin:0 auto;padding:24px 40px 80px;background:#fff}
            h1{font-size:2em;line-height:1.2;margin:.4em 0}
            h2{font-size:1.45em;margin:2em 0 .5em;padding-top:.4em;border-top:2px solid #0072b2}
            h3{font-size:1.12em;margin:1.6em 0 .4em}
            nav{background:#f0f5f9;padding:10px 18px;border-radius:6px}
            nav ol{margin:0;padding-left:1.4em;list-style:none}
            a{color:#0072b2}
            code{background:#f0f1f3;padding:0 .25em;border-radius:3px;font-size:.92em}
            .note{background:#fff8e6;border-left:4px solid #e69f00;padding:.6em 1em}
            .formula{margin:1em 0;padding:.6em 1em;background:#f8f9fb;border-radius:6px;overflow-x:auto}
            math{font-size:1.08em}
            .formula math{margin:.5em 0}
            figure{margin:1.4em 0}
            figure svg{display:block;width:100%;height:auto}
            svg text{font-family:"Liberation Sans",Arial,sans-serif}
            figcaption,caption{color:#4a5560;font-size:.92em;line-height:1.45;text-align:left}
            caption{margin:0 0 .5em}
            .wide{overflow-x:auto;margin:1.2em 0}
            table{border-collapse:collapse;font-size:.92em}
            th,td{padding:.25em .8em;border-bottom:1px solid #dde1e6;text-align:left;vertical-align:top}
            th{border-bottom:2px solid #9aa5b1}
            td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .bar{display:inline-block;width:90px;height:.7em;margin-right:.6em;background:#e8ecf0}
            .bar span{display:block;height:100%;background:#0072b2}
            .tokens{line-height:1.25;margin:.8em 0}
            .token{display:inline-block;text-align:center;padding:.25em .55em;margin:0 .1em .4em 0;border-bottom:4px solid;background:#f8f9fb}
            .token b,.token i,.token small{display:block}
            .token i{font-style:normal;font-size:.8em}
            .token small{font-size:.68em;color:#5b6670}
            @media print{body,main{background:#fff}figure,.wide{break-inside:avoid}}
            """;

    private Style() {}
}
