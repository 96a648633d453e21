package dev.freshet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** A chart of lines over a logarithmic x axis, as SVG. */
final class LineChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 100;
  private static final int RIGHT = 28;
  private static final int LEGEND_TOP = 70;
  private static final int LEGEND_ROW = 20;
  private static final int SWATCH = 30;
  private static final int LEGEND_GAP = 18;
  private static final double LETTER_WIDTH = 6.6;
  private static final int BOTTOM = 62;
  private static final String[] COLOURS = {"#0b6e99", "#d1495b", "#2e933c", "#8d5fd3", "#c98500"};
  private static final String INK = "#1f2933";
  private static final String FAINT = "#5f6c7b";

  /** A line; one of a single value runs across the whole chart, dashed. */
  private record Line(String name, double[] x, double[] y) {
    boolean isLevel() {
      return x.length == 0;
    }
  }

  private final String title;
  private final String subtitle;
  private final String xLabel;
  private final String yLabel;
  private final boolean isLogarithmic;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param isLogarithmic whether the y axis is; else it starts at 0
   */
  LineChart(String title, String subtitle, String xLabel, String yLabel, boolean isLogarithmic) {
    this.title = title;
    this.subtitle = subtitle;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.isLogarithmic = isLogarithmic;
  }

  LineChart line(String name, double[] x, double[] y) {
    lines.add(new Line(name, x, y));
    return this;
  }

  /** A value that does not depend on x. */
  LineChart level(String name, double y) {
    lines.add(new Line(name, new double[0], new double[] {y}));
    return this;
  }

  String svg() {
    double rows = legendPlaces().get(lines.size() - 1)[1];
    int top = (int) (LEGEND_TOP + 22 + rows * LEGEND_ROW);
    Axis xAxis = Axis.logarithmic(xs().distinct().sorted().toArray());
    Axis yAxis =
        isLogarithmic
            ? Axis.logarithmicDecades(ys().min().orElse(1), ys().max().orElse(10))
            : Axis.linear(ys().max().orElse(1));
    DoubleUnaryOperator x = value -> LEFT + xAxis.share(value) * (WIDTH - LEFT - RIGHT);
    DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - yAxis.share(value) * (HEIGHT - top - BOTTOM);
    StringBuilder svg = new StringBuilder();
    head(svg);
    grid(svg, top, xAxis, yAxis, x, y);
    legend(svg);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), COLOURS[i % COLOURS.length], x, y);
    }
    return svg.append("</svg>\n").toString();
  }

  private DoubleStream xs() {
    return lines.stream().flatMapToDouble(line -> DoubleStream.of(line.x()));
  }

  private DoubleStream ys() {
    return lines.stream().flatMapToDouble(line -> DoubleStream.of(line.y()));
  }

  private void head(StringBuilder svg) {
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\">",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    text(svg, LEFT, 28, "start", INK, "font-size=\"18\" font-weight=\"bold\"", title);
    text(svg, LEFT, 48, "start", FAINT, "", subtitle);
  }

  private void grid(
      StringBuilder svg,
      int top,
      Axis xAxis,
      Axis yAxis,
      DoubleUnaryOperator x,
      DoubleUnaryOperator y) {
    for (double tick : yAxis.ticks()) {
      double at = y.applyAsDouble(tick);
      rule(svg, LEFT, at, WIDTH - RIGHT, at);
      text(svg, LEFT - 8, at + 4, "end", FAINT, "", Axis.label(tick));
    }
    for (double tick : xAxis.ticks()) {
      double at = x.applyAsDouble(tick);
      rule(svg, at, top, at, HEIGHT - BOTTOM);
      text(svg, at, HEIGHT - BOTTOM + 19, "middle", FAINT, "", Axis.label(tick));
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", INK, "", xLabel);
    double middle = (top + HEIGHT - BOTTOM) / 2.0;
    String turned = String.format(Locale.ROOT, "transform=\"rotate(-90 20 %.1f)\"", middle);
    text(svg, 20, middle, "middle", INK, turned, yLabel);
  }

  /** Where each line's entry of the legend stands, the row in y. */
  private List<double[]> legendPlaces() {
    List<double[]> places = new ArrayList<>();
    double x = LEFT;
    int row = 0;
    for (Line line : lines) {
      double width = SWATCH + LETTER_WIDTH * line.name().length();
      if (x > LEFT && x + width > WIDTH) {
        x = LEFT;
        row++;
      }
      places.add(new double[] {x, row});
      x += width + LEGEND_GAP;
    }
    return places;
  }

  private void legend(StringBuilder svg) {
    List<double[]> places = legendPlaces();
    for (int i = 0; i < lines.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      String dashes = lines.get(i).isLevel() ? " stroke-dasharray=\"6 4\"" : "";
      double x = places.get(i)[0];
      double y = LEGEND_TOP + places.get(i)[1] * LEGEND_ROW;
      add(
          svg,
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
              + " stroke-width=\"2.5\"%s/>",
          x,
          y,
          x + 24,
          y,
          colour,
          dashes);
      text(svg, x + SWATCH, y + 4, "start", INK, "", lines.get(i).name());
    }
  }

  private static void draw(
      StringBuilder svg, Line line, String colour, DoubleUnaryOperator x, DoubleUnaryOperator y) {
    if (line.isLevel()) {
      double at = y.applyAsDouble(line.y()[0]);
      add(
          svg,
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\""
              + " stroke-dasharray=\"6 4\"/>",
          LEFT,
          at,
          WIDTH - RIGHT,
          at,
          colour);
      return;
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < line.x().length; i++) {
      double px = x.applyAsDouble(line.x()[i]);
      double py = y.applyAsDouble(line.y()[i]);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
      add(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", px, py, colour);
    }
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\""
            + " stroke-linejoin=\"round\"/>",
        points.toString().strip(),
        colour);
  }

  private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
    add(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#e4e7eb\"/>",
        x1,
        y1,
        x2,
        y2);
  }

  private static void text(
      StringBuilder svg,
      double x,
      double y,
      String anchor,
      String colour,
      String more,
      String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" %s>%s</text>",
        x,
        y,
        anchor,
        colour,
        more,
        escaped);
  }

  private static void add(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
