package dev.freshet.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesRowTest {

  private static final double ALL = Usage.cores();

  @Test
  void theLimitIsWhatWasUsedUp() {
    assertThat(limit(4, 0.3, 0.3, 0.9, 0.2, ALL)).isEqualTo("state store");
    assertThat(limit(4, 0.3, 0.3, 0.2, 0.9, ALL)).isEqualTo("feature store");
    assertThat(limit(4, ALL - 0.6, 1, 0.3, 0.3, ALL)).isEqualTo("this machine");
    assertThat(limit(4, 0.1, 0.1, 0.1, 0.1, ALL)).isEqualTo("this machine, used by others");
    assertThat(limit(1, 1, 0.9, 0.1, 0.1, 0.5 * ALL)).isEqualTo("functions");
    assertThat(limit(2, 1, 0.9, 0.1, 0.1, 0.5 * ALL)).isEqualTo("round trips");
  }

  private static String limit(
      int instances, double functions, double threads, double state, double features, double all) {
    return InstancesRow.of(
            1, instances, 100, List.of(usage(1, functions, threads, state, features, all)))
        .limit();
  }

  @Test
  void aRowIsTheMedianRoundAndSaysHowFarTheOthersWere() {
    InstancesRow row = InstancesRow.of(3, 1, 600, List.of(used(2), used(6), used(3)));
    assertThat(row.eventsPerSecond()).isEqualTo(200);
    assertThat(row.least()).isEqualTo(100);
    assertThat(row.most()).isEqualTo(300);
    assertThat(row.busiestState()).isEqualTo(0.5);
    assertThat(row.stateCores()).isEqualTo(0.75);
  }

  private static Usage used(double seconds) {
    double half = seconds / 2;
    return new Usage(
        seconds, seconds, half, new double[] {half, half / 2}, new double[] {half}, seconds, 0);
  }

  private static Usage usage(
      double seconds, double functions, double threads, double state, double features, double all) {
    return new Usage(
        seconds, functions, threads, new double[] {state}, new double[] {features}, all, 0);
  }
}
