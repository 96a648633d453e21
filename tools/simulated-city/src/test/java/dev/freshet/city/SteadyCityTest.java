package dev.freshet.city;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.operations.events.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadyCityTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void noEventOccursBeforeTheOneAhead() {
    SimulatedCity city = new SteadyCity(20, 10, 2, 0.6, 5, 1).from(START);
    Instant last = START;
    for (int i = 0; i < 20_000; i++) {
      Instant next = city.next().occurredAt().orElseThrow();
      assertThat(next).isAfterOrEqualTo(last);
      last = next;
    }
  }

  @Test
  void ordersComeAtTheirRateAndHaveFourEventsEach() {
    SimulatedCity city = new SteadyCity(20, 10, 2, 0.6, 5, 1).from(START);
    Map<String, Integer> counts = new HashMap<>();
    city.until(START.plus(Duration.ofHours(2)))
        .forEach(event -> counts.merge(event.stream(), 1, Integer::sum));
    assertThat(counts)
        .containsOnlyKeys("order-created", "order-accepted", "order-picked", "order-delivered");
    assertThat(counts.get("order-created")).isBetween(35_000, 37_000);
    assertThat(counts.get("order-delivered")).isBetween(26_000, 33_000);
  }

  @Test
  void storesTakeTurnsOnDemand() {
    SimulatedCity city = new SteadyCity(3, 3, 1, SteadyCity.IN_TURN, 5, 1).from(START);
    List<String> stores = new ArrayList<>();
    while (stores.size() < 6) {
      OutgoingEvent event = city.next();
      if (event.stream().equals("order-created")) {
        stores.add(new String(event.json(), UTF_8).replaceAll(".*\"storeId\":(\\d+).*", "$1"));
      }
    }
    assertThat(stores).containsExactly("0", "1", "2", "0", "1", "2");
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    SteadyCity city = new SteadyCity(20, 10, 2, 0.6, 5, 7);
    SimulatedCity one = city.from(START);
    SimulatedCity other = city.from(START);
    for (int i = 0; i < 100; i++) {
      assertThat(one.next().json()).isEqualTo(other.next().json());
    }
  }

  @Test
  void someAreBusierByZipfsLaw() {
    double[] weights = Chance.zipf(1_000, 1, 0.6);
    Chance chance = new Chance(new SplittableRandom(1));
    int[] drawn = new int[1_000];
    for (int i = 0; i < 1_000_000; i++) {
      drawn[chance.pick(weights)]++;
    }
    assertThat(drawn[0] / (double) drawn[99]).isBetween(13.0, 19.0); // 100 to the power of 0.6
    assertThat(drawn[999]).isPositive();
  }
}
