package io.tagstream.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Sizes and colours of all figures: told apart by people who see few colours too (Okabe and Ito 2008). */
final class ChartStyle {
    static final int WIDTH = 820;
    static final int HEIGHT = 380;
    /** Of a figure with names in it. */
    static final int TALL = 520;

    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color GRID = new Color(0xE4, 0xE4, 0xE4);
    static final Color[] LINES = {
        new Color(0x00, 0x72, 0xB2),
        new Color(0xD5, 0x5E, 0x00),
        new Color(0x00, 0x9E, 0x73),
        new Color(0xCC, 0x79, 0xA7),
        new Color(0xE6, 0x9F, 0x00),
        new Color(0x33, 0x33, 0x33)
    };
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);

    private ChartStyle() {}

    static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartFontColor(INK);
        styler.setChartTitleFont(BOLD);
        styler.setAxisTitleFont(PLAIN);
        styler.setAxisTickLabelsFont(PLAIN);
        styler.setAxisTickLabelsColor(INK);
        styler.setLegendFont(PLAIN);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setMarkerSize(7);
    }
}
