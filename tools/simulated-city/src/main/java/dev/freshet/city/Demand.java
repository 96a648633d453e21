package dev.freshet.city;

import java.time.Instant;
import java.util.List;

/** Chooses the town of an order by size and time of day; computed once a minute. */
final class Demand {

  private static final long MINUTE_MILLIS = 60_000;

  private final List<Town> towns;
  private final double[] rush;
  private final double[] cumulative;
  private long minute = Long.MIN_VALUE;

  Demand(List<Town> towns) {
    this.towns = towns;
    this.rush = new double[towns.size()];
    this.cumulative = new double[towns.size()];
  }

  /** Draws the index of a town by size and rush at this moment. */
  int town(long epochMillis, Chance chance) {
    refresh(epochMillis);
    return chance.pick(cumulative);
  }

  /** Returns how busy a town is at this moment, from 0 to 1. */
  double rush(int town, long epochMillis) {
    refresh(epochMillis);
    return rush[town];
  }

  private void refresh(long epochMillis) {
    long now = Math.floorDiv(epochMillis, MINUTE_MILLIS);
    if (now == minute) {
      return;
    }
    minute = now;
    Instant time = Instant.ofEpochMilli(now * MINUTE_MILLIS);
    double total = 0;
    for (int i = 0; i < rush.length; i++) {
      rush[i] = towns.get(i).rush(time);
      total += towns.get(i).size() * rush[i];
      cumulative[i] = total;
    }
  }
}
