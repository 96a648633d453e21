package dev.freshet.city;

import static dev.freshet.city.CityEvents.START;
import static dev.freshet.city.CityEvents.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.operations.events.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulatedCityTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void sameSeedAndStartGiveTheSameEvents() {
    assertThat(texts(hour(7, START))).hasSizeGreaterThan(10_000).isEqualTo(texts(hour(7, START)));
  }

  @Test
  void aDayHasTheDeclaredShareOfEachStream() {
    List<OutgoingEvent> day =
        new SimulatedCity(9, 30, START).until(START.plus(HOUR.multipliedBy(24)));

    SimulatedCity.shares()
        .forEach(
            (stream, share) -> {
              long events = day.stream().filter(each -> each.stream().equals(stream)).count();
              assertThat((double) events / day.size()).as(stream).isCloseTo(share, within(0.002));
            });
  }

  @Test
  void instantsAtWhichItIsAskedChangeNothing() {
    Random random = new Random(11);
    SimulatedCity city = new SimulatedCity(7, 60, START);
    List<OutgoingEvent> inSteps = new ArrayList<>();
    Instant now = START;
    while (now.isBefore(START.plus(HOUR))) {
      now = now.plusMillis(random.nextLong(20_000));
      inSteps.addAll(city.until(min(now, START.plus(HOUR))));
    }
    assertThat(texts(inSteps)).as("seed 7, steps 11").isEqualTo(texts(hour(7, START)));
  }

  @Test
  void eventsComeInOrderOfTime() {
    assertThat(times(hour(3, START)))
        .isSortedAccordingTo(Comparator.naturalOrder())
        .allSatisfy(time -> assertThat(time).isBetween(START, START.plus(HOUR)));
  }

  @Test
  void eventIsHandedOutFromTheMillisecondAtWhichItHappens() {
    Instant first = hour(3, START).get(0).occurredAt().orElseThrow();
    SimulatedCity city = new SimulatedCity(3, 60, START);
    assertThat(city.until(first.minusMillis(1))).isEmpty();
    assertThat(city.until(first)).hasSize(1);
    assertThat(city.until(first)).isEmpty();
  }

  @Test
  void handsOutCreatedOrdersInTheirMillisecondToo() {
    SimulatedCity city = new SimulatedCity(3, 3_000, START);
    for (int millis = 0; millis < 2_000; millis++) {
      Instant now = START.plusMillis(millis);
      assertThat(city.until(now)).allMatch(event -> event.occurredAt().orElseThrow().equals(now));
    }
  }

  @Test
  void otherSeedOrOtherStartNeverReusesAnId() {
    Set<String> ids = new HashSet<>();
    int events = 0;
    for (List<OutgoingEvent> run :
        List.of(hour(1, START), hour(2, START), hour(-1, START), hour(1, START.plusMillis(1)))) {
      run.forEach(event -> ids.add(CityEvents.members(event).get("eventId").asText()));
      events += run.size();
    }
    assertThat(ids).hasSize(events);
  }

  @Test
  void otherSeedGivesAnotherCity() {
    List<Instant> one = times(hour(1, START));
    List<Instant> two = times(hour(2, START));
    long shared = one.stream().filter(new HashSet<>(two)::contains).count();
    assertThat(shared).isLessThan(one.size() / 50);
  }

  @Test
  @Tag("verify")
  void ordersArriveAsAPoissonProcessOfTheRateAskedFor() {
    int minutes = 720;
    int[] created = createdEachMinute(5, 60, minutes);
    double mean = Arrays.stream(created).average().orElseThrow();
    double variance =
        Arrays.stream(created).mapToDouble(n -> (n - mean) * (n - mean)).sum() / minutes;
    assertThat(mean).as("seed 5").isCloseTo(60, within(4 * Math.sqrt(60.0 / minutes)));
    assertThat(variance / mean).as("seed 5").isCloseTo(1, within(4 * Math.sqrt(2.0 / minutes)));
  }

  @Test
  @Tag("verify")
  void highRateIsNotRoundedToMilliseconds() {
    int created = createdEachMinute(5, 10_000, 1)[0];
    assertThat(created).as("seed 5").isCloseTo(10_000, within(4 * 100));
  }

  @Test
  void deliveriesFlowAtTheFullRateFromTheFirstMinute() {
    List<JsonNode> first = CityEvents.members(9, 600, Duration.ofMinutes(1));
    long delivered = first.stream().filter(e -> CityEvents.isA(e, "ORDER_DELIVERED")).count();
    assertThat((double) delivered).as("seed 9").isCloseTo(0.96 * 600, within(4 * Math.sqrt(600)));
    assertThat(first).allMatch(event -> !CityEvents.time(event, "occurredAt").isBefore(START));
  }

  @Test
  @Tag("verify")
  void memoryHoldsOrdersInFlightOnly() {
    SimulatedCity city = new SimulatedCity(4, 100, START);
    city.until(START);
    assertThat(city.ordersInFlight()).isBetween(1_500, 6_000);
    city.until(START.plus(Duration.ofHours(12)));
    assertThat(city.ordersInFlight()).isBetween(1_500, 6_000);
  }

  @Test
  void rejectsARateThatIsNotPositive() {
    assertThatThrownBy(() -> new SimulatedCity(1, 0, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("orders per minute must be positive: 0");
  }

  private static List<OutgoingEvent> hour(long seed, Instant start) {
    return new SimulatedCity(seed, 60, start).until(start.plus(HOUR));
  }

  private static List<Instant> times(List<OutgoingEvent> events) {
    return events.stream().map(event -> event.occurredAt().orElseThrow()).toList();
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static int[] createdEachMinute(long seed, int ordersPerMinute, int minutes) {
    int[] created = new int[minutes];
    Instant last = START.plus(Duration.ofMinutes(minutes)).minusMillis(1);
    for (OutgoingEvent event : new SimulatedCity(seed, ordersPerMinute, START).until(last)) {
      if (event.stream().equals("order-created")) {
        created[(int) Duration.between(START, event.occurredAt().orElseThrow()).toMinutes()]++;
      }
    }
    return created;
  }
}
