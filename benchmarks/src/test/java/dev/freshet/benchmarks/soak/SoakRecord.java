package dev.freshet.benchmarks.soak;

import static dev.freshet.testing.TestEvents.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** All measurements of a soak, and what they must look like. */
final class SoakRecord {

  /** The beginning, in which everything fills up, is left out: a fifth. */
  private static final int WARM_UP = 5;

  private final List<SoakMeasurement> measurements = new ArrayList<>();

  void add(SoakMeasurement measurement) {
    measurements.add(measurement);
  }

  SoakMeasurement last() {
    return measurements.get(measurements.size() - 1);
  }

  /** From the first measurement to the last. */
  double resultsPerMinute() {
    SoakMeasurement first = measurements.get(0);
    return (last().results() - first.results())
        * (double) MINUTE
        / (last().atMillis() - first.atMillis());
  }

  /** It is the same in all measurements. */
  void isConstant(String what, ToLongFunction<SoakMeasurement> figure, long value) {
    assertThat(measurements).extracting(figure::applyAsLong).as(what).containsOnly(value);
  }

  /**
   * Behind the warm-up, the mean of the last third is not much above that of the middle one.
   *
   * @param share by how much it may be above
   */
  void isFlat(String what, ToLongFunction<SoakMeasurement> figure, double share) {
    assertThat(third(3, figure))
        .as("%s in the last third, by measurements %s", what, all(figure))
        .isLessThan(third(2, figure) * (1 + share));
  }

  /** The mean of a third of what is behind the warm-up, from 1 on. */
  private double third(int which, ToLongFunction<SoakMeasurement> figure) {
    List<SoakMeasurement> warm =
        measurements.subList(measurements.size() / WARM_UP, measurements.size());
    return warm.subList((which - 1) * warm.size() / 3, which * warm.size() / 3).stream()
        .mapToLong(figure)
        .average()
        .orElse(Double.NaN);
  }

  private List<Long> all(ToLongFunction<SoakMeasurement> figure) {
    return measurements.stream().map(figure::applyAsLong).toList();
  }

  /** How much a figure grew for each order in the last third behind the warm-up. */
  double growthOfOrder(ToLongFunction<SoakMeasurement> figure) {
    return (third(3, figure) - third(2, figure))
        / (third(3, SoakMeasurement::orders) - third(2, SoakMeasurement::orders));
  }

  /** A table for people: the means of the thirds behind the warm-up. */
  @Override
  public String toString() {
    return "%-28s %14s %14s %14s%n".formatted("mean of a third", "first", "middle", "last")
        + row("heap after collection, KiB", each -> each.heap() / 1024)
        + row("resident set, KiB", each -> each.residentSet() / 1024)
        + row("threads", SoakMeasurement::threads)
        + row("state store: clients", SoakMeasurement::stateClients)
        + row("state store: keys", SoakMeasurement::stateKeys)
        + row("state store: memory, KiB", each -> each.stateMemory() / 1024)
        + row("feature store: clients", SoakMeasurement::featureClients)
        + row("feature store: keys", SoakMeasurement::featureKeys)
        + row("feature store: memory, KiB", each -> each.featureMemory() / 1024);
  }

  private String row(String what, ToLongFunction<SoakMeasurement> figure) {
    return "%-28s %,14.0f %,14.0f %,14.0f%n"
        .formatted(what, third(1, figure), third(2, figure), third(3, figure));
  }
}
