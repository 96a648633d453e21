package dev.freshet.city;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * One city of the simulation.
 *
 * @param code the {@code cityCode} of its events
 * @param size its weight among the cities when all are equally busy
 */
record Town(String code, ZoneId zone, double size) {

  /** Spread around the world, so that the rate of all together is constant. */
  static final List<Town> ALL =
      List.of(
          new Town("TYO", ZoneId.of("Asia/Tokyo"), 1.2),
          new Town("DEL", ZoneId.of("Asia/Kolkata"), 1.1),
          new Town("LON", ZoneId.of("Europe/London"), 0.9),
          new Town("SAO", ZoneId.of("America/Sao_Paulo"), 1.0),
          new Town("CHI", ZoneId.of("America/Chicago"), 0.8));

  private static final double LUNCH_HOUR = 12.5;
  private static final double DINNER_HOUR = 19.25;
  private static final double QUIET = 0.04;

  /** Returns how busy the time of day is: near 0 at night, 0.8 at lunch, 1 at dinner. */
  double rush(Instant time) {
    double hour = LocalTime.ofInstant(time, zone).toSecondOfDay() / 3600.0;
    double lunch = 0.75 * peak(hour - LUNCH_HOUR, 1.0);
    double dinner = 0.93 * peak(hour - DINNER_HOUR, 1.3);
    double daytime = 0.12 * peak(hour - 16, 4.5);
    return Math.min(1, QUIET + lunch + dinner + daytime);
  }

  private static double peak(double hoursAway, double widthHours) {
    double widths = hoursAway / widthHours;
    return Math.exp(-widths * widths / 2);
  }
}
