package io.tagstream.page;

import io.tagstream.network.GateActivity;
import io.tagstream.report.HeatMap;
import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import java.util.ArrayList;
import java.util.List;

/** Gate activity, drawn. */
public final class GateFigures {
    /** More rows than these are not drawn. */
    public static final int MOST_UNITS = 32;

    private GateFigures() {}

    /** The three gates as lines over the tokens, each the average over the units. */
    public static LineChart means(GateActivity gates) {
        return new LineChart(
                "Gates, average over the units",
                "token",
                Axis.between("open", 0, 1),
                List.of(
                        Line.from(1, "forget", GateActivity.mean(gates.forget()), Style.MARKED),
                        Line.from(1, "input", GateActivity.mean(gates.input()), Style.MARKED),
                        Line.from(1, "output", GateActivity.mean(gates.output()), Style.MARKED)));
    }

    /** The three gates as rows of colour over the tokens, each the average over the units. */
    public static HeatMap rows(String title, GateActivity gates) {
        return new HeatMap(
                title,
                gates.forms(),
                List.of("forget", "input", "output"),
                new double[][] {
                    GateActivity.mean(gates.forget()),
                    GateActivity.mean(gates.input()),
                    GateActivity.mean(gates.output())
                },
                0,
                1,
                false);
    }

    /**
     * One row a unit, one column a token.
     *
     * @param byToken {@code [T][H]}; what is below {@code least} or above 1 is drawn as that
     */
    public static HeatMap units(String title, GateActivity gates, double[][] byToken, double least) {
        int units = Math.min(MOST_UNITS, byToken[0].length);
        double[][] rows = new double[units][byToken.length];
        List<String> names = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            names.add("unit " + (unit + 1));
            for (int t = 0; t < byToken.length; t++) {
                rows[unit][t] = Math.max(least, Math.min(1, byToken[t][unit]));
            }
        }
        return new HeatMap(title, gates.forms(), names, rows, least, 1, false);
    }
}
