package dev.freshet.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rides and drivers of two zones: rides that are matched, cancelled, both or neither, and idle
 * spells that end with a ride, a break or not at all. Clocks differ by up to twenty minutes.
 */
public final class RideHistory extends ExampleHistory {

  private static final int DRIVERS = 3;

  private final List<ObjectNode> rides = new ArrayList<>();
  private final List<ObjectNode> spells = new ArrayList<>();
  private int events;

  private RideHistory(long seed) {
    super(seed, Duration.ofHours(20));
  }

  /** Returns events in the order they arrive; the same for the same seed. */
  public static List<Arrival> of(long seed, int events, long startMillis) {
    return new RideHistory(seed).arrivals(events, startMillis);
  }

  @Override
  void addAll(int most, long startMillis) {
    long at = startMillis;
    while (events < most) {
      addOne(at);
      at += isOneIn(30) ? random.nextInt(13) * HOUR : random.nextInt(4) * 5L * MINUTE;
    }
  }

  private void addOne(long at) {
    switch (random.nextInt(10)) {
      case 0, 1 -> rides.add(tell("ride.requested", at, ride()));
      case 2, 3 -> spells.add(tell("driver.idle", at, spell()));
      case 4, 5 -> match(at);
      case 6 -> endAny(rides, "ride.cancelled", at);
      case 7 -> endAny(spells, "driver.off", at);
      default -> tell(oneOf("offer.accepted", "offer.declined", "offer.expired"), at, offer());
    }
  }

  private ObjectNode ride() {
    ObjectNode data = object().put("zone", zone());
    data.putObject("ride").put("id", "r" + events);
    data.putObject("rider").put("id", random.nextInt(2));
    return data;
  }

  private ObjectNode spell() {
    ObjectNode data = object().put("zone", zone());
    data.putObject("spell").put("id", "s" + events);
    data.putObject("driver").put("id", "d" + random.nextInt(DRIVERS));
    return data;
  }

  private ObjectNode offer() {
    ObjectNode data = object();
    data.putObject("driver").put("id", "d" + random.nextInt(DRIVERS));
    return data;
  }

  private String zone() {
    return oneOf("north|1", "south");
  }

  /** A driver takes a ride of the zone; some are cancelled all the same, and others completed. */
  private void match(long at) {
    if (rides.isEmpty()) {
      return;
    }
    ObjectNode data = rides.remove(random.nextInt(rides.size()));
    spells.stream()
        .filter(each -> each.get("zone").equals(data.get("zone")))
        .findAny()
        .ifPresent(
            spell -> {
              spells.remove(spell);
              data.setAll(spell);
            });
    tell("ride.matched", at, data);
    tell(oneOf("ride.completed", "ride.completed", "ride.cancelled"), at + 10 * MINUTE, data);
    if (isOneIn(8)) {
      tell("driver.off", at + 20 * MINUTE, data);
    }
  }

  private void endAny(List<ObjectNode> open, String type, long at) {
    if (!open.isEmpty()) {
      tell(type, at, open.remove(random.nextInt(open.size())));
    }
  }

  /** Some events are told twice, under two ids and with two times. */
  private ObjectNode tell(String type, long at, ObjectNode data) {
    for (int times = isOneIn(10) ? 2 : 1; times > 0; times--) {
      long occurred = isOneIn(4) ? at + (random.nextInt(41) - 20) * MINUTE : at;
      ObjectNode json =
          object()
              .put("specversion", "1.0")
              .put("source", "/rides")
              .put("id", "e" + events++)
              .put("type", type)
              .put("time", Instant.ofEpochMilli(occurred).toString());
      json.set("data", data.deepCopy());
      add(occurred, json);
    }
    return data;
  }
}
