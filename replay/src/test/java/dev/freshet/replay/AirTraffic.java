package dev.freshet.replay;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.input.Filter.above;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.List;

/**
 * Feature groups over events of two formats: departures are nested and say their type, weather
 * reports do not.
 */
public final class AirTraffic {

  private static final EventFormat FLIGHTS =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.time", TimeFormat.EPOCH_SECONDS);

  private static final EventFormat REPORTS =
      EventFormat.json().idFromContent().typeOfStream().occurredAt("observed", TimeFormat.RFC3339);

  static final EventType PLANNED = new EventType("PLANNED", "flights", FLIGHTS);
  public static final EventType DEPARTED = new EventType("DEPARTED", "flights", FLIGHTS);
  static final EventType WEATHER = new EventType("WEATHER", "weather", REPORTS);

  private static final Input DELAY = decimal("delay_minutes");
  private static final Lifecycle FLIGHT = Lifecycle.named("flight").by("meta.flight");
  private static final Stage PLAN = FLIGHT.stage("planned", PLANNED);
  private static final Status WAITING =
      Status.open("waiting").since(PLAN).until(FLIGHT.stage("departed", DEPARTED));

  public static final FeatureGroup ROUTE =
      FeatureGroup.named("route_delay")
          .dimension(Entity.named("route").by("from.airport", "to.airport"))
          .reads(DEPARTED)
          .over(last(2), mean("delay").of(DELAY))
          .over(
              hours(2),
              count("departures"),
              count("late").where(above(DELAY, 15)),
              top(2).of(text("carrier")),
              latest().of(text("carrier")),
              latestAt("departure"))
          .derive(ratio("late_share", "late_2h", "departures_2h"))
          .build();

  static final FeatureGroup NETWORK =
      FeatureGroup.named("network_waiting")
          .dimension(Entity.global("network"))
          .over(lookBack(Duration.ofHours(12)), WAITING, WAITING.oldest("oldest_waiting"))
          .build();

  static final FeatureGroup AIRPORT =
      FeatureGroup.named("airport_weather")
          .dimension(Entity.named("airport").by("station"))
          .reads(WEATHER)
          .over(last(1), latest().of(decimal("wind")))
          .build();

  static final FeatureGroup HOLDING_ONE =
      FeatureGroup.named("few")
          .dimension(Entity.global("network"))
          .reads(DEPARTED)
          .holdingAtMost(1)
          .over(hours(2), count())
          .build();

  static final List<FeatureGroup> GROUPS = List.of(ROUTE, NETWORK, AIRPORT);
  public static final List<EventType> TYPES = List.of(DEPARTED, PLANNED, WEATHER);

  private AirTraffic() {}

  static String planned(String flight, long seconds) {
    return "{\"meta\":{\"id\":\"%s-p\",\"type\":\"PLANNED\",\"time\":%d,\"flight\":\"%s\"}}"
        .formatted(flight, seconds, flight);
  }

  /** A departure from JFK to {@code L|X}, an id that needs an escape. */
  public static String departed(String flight, long seconds, String delay, String carrier) {
    return ("{\"meta\":{\"id\":\"%s-d\",\"type\":\"DEPARTED\",\"time\":%d,\"flight\":\"%s\"},"
            + "\"from\":{\"airport\":\"JFK\"},\"to\":{\"airport\":\"L|X\"},"
            + "\"delay_minutes\":\"%s\",\"carrier\":%s}")
        .formatted(flight, seconds, flight, delay, carrier);
  }

  static String weather(String time, String station, String wind) {
    return "{\"observed\":\"%s\",\"station\":\"%s\",\"wind\":%s}".formatted(time, station, wind);
  }
}
