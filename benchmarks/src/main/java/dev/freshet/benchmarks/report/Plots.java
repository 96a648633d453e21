package dev.freshet.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.scale.InstancesRow;
import dev.freshet.benchmarks.scale.ScaleResults;
import dev.freshet.benchmarks.serving.Serving;
import dev.freshet.replay.file.OutputFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws the results as SVG; parts that were not measured have no plot. */
public final class Plots {

  /** The font of all text that names none: of the size for which the plot was laid out. */
  private static final String FONT = "font-family=\"sans-serif\" font-size=\"12px\" ";

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final PageSize SIZE = new PageSize(WIDTH, HEIGHT);
  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  private static final Color[] COLOURS = {
    new Color(0x0b6e99), new Color(0xd1495b), new Color(0x2e933c), new Color(0x8d5fd3)
  };

  private Plots() {}

  /** Writes one file a plot into a folder. */
  public static void draw(BenchResults results, Path folder) throws IOException {
    Files.createDirectories(folder);
    if (results.sideBySide() != null) {
      sideBySide(folder, results.sideBySide());
    }
    cost(folder, "held", "events, or orders, that the key holds", results.held());
    cost(folder, "last", "length of the lists", results.lastEvents());
    cost(folder, "keys", "keys of each feature group", results.keys());
  }

  /** Writes the plot of the instances: measured, and as the law of bottlenecks has it. */
  public static void drawScale(ScaleResults results, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<Integer, List<InstancesRow>> byMasters =
        results.rows().stream().collect(groupingBy(InstancesRow::masters, TreeMap::new, toList()));
    List<XYSeries> lines = new ArrayList<>();
    byMasters.forEach(
        (masters, rows) -> {
          String stores = masters == 1 ? "one master" : masters + " masters";
          lines.add(instances(stores, rows, InstancesRow::eventsPerSecond));
          lines.add(instances(stores + ", predicted", rows, InstancesRow::predicted));
        });
    NumberAxis y = new NumberAxis("events per second");
    write(folder, "scale", "Throughput by instances", "instances", y, lines);
  }

  private static XYSeries instances(
      String name, List<InstancesRow> rows, ToDoubleFunction<InstancesRow> figure) {
    XYSeries line = new XYSeries(name);
    rows.forEach(row -> line.add(row.instances(), figure.applyAsDouble(row)));
    return line;
  }

  /** Writes the plot of reads. */
  public static void drawServing(List<Serving> results, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, XYSeries> lines = new LinkedHashMap<>();
    for (Serving each : results) {
      if (each.rows() != 10) {
        lines
            .computeIfAbsent(each.subject() + ", " + each.rows() + " rows", XYSeries::new)
            .add(each.features(), each.p99Micros());
      }
    }
    LogAxis y = new LogAxis("p99 of a read in microseconds");
    write(folder, "serving", "Reads", "features of a row", y, List.copyOf(lines.values()));
  }

  private static void sideBySide(Path folder, SideBySide results) throws IOException {
    List<Point> batches = results.batches();
    double article = results.article().eventsPerSecond();
    double alone = results.redisAlone().eventsPerSecond();
    List<XYSeries> throughput =
        List.of(
            line("Freshet", batches, EventCost::eventsPerSecond),
            line("one event at a time", batches, each -> article),
            line("Redis alone, same commands", batches, each -> alone));
    String title = "Throughput of one instance";
    LogAxis y = new LogAxis("events per second");
    write(folder, "throughput", title, "events in an invocation", y, throughput);
    double roundTrip = results.roundTripMicros();
    List<XYSeries> latency =
        List.of(
            line("median", batches, EventCost::p50Micros),
            line("99 %", batches, EventCost::p99Micros),
            line("99.9 %", batches, EventCost::p999Micros),
            line("a round trip to Redis", batches, each -> roundTrip));
    title = "Time of an invocation";
    y = new LogAxis("microseconds");
    write(folder, "latency", title, "events in an invocation", y, latency);
  }

  private static void cost(Path folder, String by, String xLabel, List<Point> points)
      throws IOException {
    if (!points.isEmpty()) {
      List<XYSeries> lines = new ArrayList<>();
      bySeries(points).forEach((name, each) -> lines.add(line(name, each, EventCost::cpuMicros)));
      NumberAxis y = new NumberAxis("CPU µs, function and Redis");
      write(folder, "cost-by-" + by, "Cost of an event", xLabel, y, lines);
    }
  }

  private static Map<String, List<Point>> bySeries(List<Point> points) {
    boolean isOne = points.stream().map(Point::series).distinct().count() == 1;
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (Point point : points) {
      int size = point.batchSize();
      String name =
          (isOne ? "" : point.series() + ", ")
              + (size == 1 ? "single events" : "batches of " + size);
      series.computeIfAbsent(name, first -> new ArrayList<>()).add(point);
    }
    return series;
  }

  private static XYSeries line(
      String name, List<Point> points, ToDoubleFunction<EventCost> figure) {
    XYSeries line = new XYSeries(name);
    points.forEach(point -> line.add((double) point.x(), figure.applyAsDouble(point.figures())));
    return line;
  }

  private static void write(
      Path folder, String name, String title, String xLabel, ValueAxis y, List<XYSeries> lines)
      throws IOException {
    XYSeriesCollection data = new XYSeriesCollection();
    lines.forEach(data::addSeries);
    XYPlot plot = new XYPlot(data, new LogAxis(xLabel), y, new XYLineAndShapeRenderer());
    JFreeChart chart = new JFreeChart(title, plot);
    StandardChartTheme.createJFreeTheme().apply(chart);
    style(plot);
    VectorGraphics2D picture = new VectorGraphics2D();
    chart.draw(picture, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    new SVGProcessor().getDocument(picture.getCommands(), SIZE).writeTo(svg);
    String text =
        svg.toString(UTF_8)
            .replaceFirst("<!DOCTYPE[^>]*>\\s*", "") // else parsers ask the network for it
            .replaceFirst("<svg ", "<svg " + FONT);
    OutputFile.write(
        folder.resolve(name + ".svg"), unfinished -> Files.writeString(unfinished, text));
  }

  private static void style(XYPlot plot) {
    TextUtils.setUseDrawRotatedStringWorkaround(false); // which draws text as paths
    for (ValueAxis axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
      if (axis instanceof LogAxis logarithmic) {
        logarithmic.setNumberFormatOverride(new DecimalFormat("#,##0.###", SYMBOLS));
        logarithmic.setTickUnit(new NumberTickUnit(1)); // a power of ten
        logarithmic.setMinorTickMarksVisible(false);
      }
    }
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    for (int i = 0; i < COLOURS.length; i++) {
      plot.getRenderer().setSeriesPaint(i, COLOURS[i]);
      plot.getRenderer().setSeriesStroke(i, new BasicStroke(2));
    }
  }
}
