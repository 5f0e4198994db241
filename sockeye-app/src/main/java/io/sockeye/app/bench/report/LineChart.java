// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One or two lines over the seconds of a run, as SVG within a page. The vertical axis begins at 0. */
final class LineChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;
    private static final int STEPS = 4;
    private static final int MOST_POINTS_SHOWN = 60;
    private static final List<String> CLASSES = List.of("first", "second");

    private final String title;
    private final Unit unit;
    private final List<Line> lines = new ArrayList<>();

    /** How a value is written. */
    @FunctionalInterface
    interface Unit {
        String of(double value);
    }

    private record Line(String name, List<@Nullable Double> values) {}

    LineChart(String title, Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Adds a line with a value for each second, null where there is none. */
    LineChart line(String name, List<@Nullable Double> values) {
        lines.add(new Line(name, values));
        return this;
    }

    /** The heading, the legend and the drawing; nothing if there are no values. */
    String html() {
        double most = lines.stream()
                .flatMap(line -> line.values().stream())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(-1);
        if (most < 0) {
            return "";
        }
        double top = roundUp(most);
        StringBuilder html = new StringBuilder("<h2>" + title + "</h2>\n");
        if (lines.size() > 1) {
            legend(html);
        }
        html.append(format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, title));
        axes(html, top);
        for (int i = 0; i < lines.size(); i++) {
            draw(html, lines.get(i), CLASSES.get(i), top);
        }
        return html.append("</svg>\n").toString();
    }

    private void legend(StringBuilder html) {
        html.append("<ul class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            html.append(format(
                    "<li><span class=\"%s\"></span>%s</li>",
                    CLASSES.get(i), lines.get(i).name()));
        }
        html.append("</ul>\n");
    }

    private void axes(StringBuilder html, double top) {
        for (int step = 0; step <= STEPS; step++) {
            double value = top * step / STEPS;
            double y = y(value, top);
            html.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, unit.of(value)));
        }
        int seconds = lines.get(0).values().size();
        int every = Math.max(1, (seconds + 9) / 10);
        for (int second = 1; second <= seconds; second += every) {
            html.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>%n",
                    x(second, seconds), HEIGHT - 8, second));
        }
    }

    private void draw(StringBuilder html, Line line, String style, double top) {
        int seconds = line.values().size();
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < seconds; i++) {
            Double value = line.values().get(i);
            if (value == null) {
                continue;
            }
            double x = x(i + 1, seconds);
            double y = y(value, top);
            points.append(format("%.1f,%.1f ", x, y));
            if (seconds <= MOST_POINTS_SHOWN) {
                dots.append(format(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s, second %d: %s</title></circle>%n",
                        style, x, y, line.name(), i + 1, unit.of(value)));
            }
        }
        html.append(format(
                "<polyline class=\"%s\" points=\"%s\"/>%n",
                style, points.toString().strip()));
        html.append(dots);
    }

    private static double x(int second, int seconds) {
        double room = WIDTH - LEFT - RIGHT - 16;
        return LEFT + 8 + (seconds == 1 ? room / 2 : room * (second - 1) / (seconds - 1));
    }

    private static double y(double value, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    }

    /** The next number that four equal steps lead to in a readable way. */
    private static double roundUp(double value) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-6))));
        for (double step : new double[] {1, 2, 4, 6, 8}) {
            if (value <= step * magnitude) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
