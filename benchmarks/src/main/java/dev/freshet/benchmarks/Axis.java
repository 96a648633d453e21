package dev.freshet.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart.
 *
 * @param ticks where lines are drawn and labelled
 */
record Axis(double from, double to, boolean isLogarithmic, double[] ticks) {

  private static final int MOST_TICKS = 6;

  /** As far as the data reach, with a line at each of them. */
  static Axis logarithmic(double... data) {
    double margin = 1.15;
    return new Axis(data[0] / margin, data[data.length - 1] * margin, true, data);
  }

  /** From one power of ten to another, around the data. */
  static Axis logarithmicDecades(double least, double most) {
    double from = Math.pow(10, Math.floor(Math.log10(least)));
    double to = Math.pow(10, Math.ceil(Math.log10(most * 1.05)));
    return new Axis(from, to, true, decades(from * 0.999, to * 1.001));
  }

  /** From 0 to a round number above the data. */
  static Axis linear(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most / MOST_TICKS)));
    double step =
        DoubleStream.of(1, 2, 2.5, 5, 10)
            .map(factor -> factor * power)
            .filter(each -> most * 1.02 / each <= MOST_TICKS)
            .findFirst()
            .orElse(10 * power);
    int steps = (int) Math.ceil(most * 1.02 / step);
    double[] ticks = DoubleStream.iterate(0, tick -> tick + step).limit(steps + 1L).toArray();
    return new Axis(0, step * steps, false, ticks);
  }

  /** Where a value lies, 0 at the start and 1 at the end. */
  double share(double value) {
    return isLogarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }

  static String label(double tick) {
    return tick >= 1 || tick == 0
        ? String.format(Locale.ROOT, tick == Math.rint(tick) ? "%,.0f" : "%,.1f", tick)
        : String.format(Locale.ROOT, "%s", tick);
  }

  private static double[] decades(double from, double to) {
    return DoubleStream.iterate(
            Math.pow(10, Math.ceil(Math.log10(from))), tick -> tick <= to, tick -> tick * 10)
        .toArray();
  }
}
