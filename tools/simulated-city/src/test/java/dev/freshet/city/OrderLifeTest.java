package dev.freshet.city;

import static dev.freshet.city.CityEvents.isA;
import static dev.freshet.city.CityEvents.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrderLifeTest {

  private static final String COMMON = "eventId eventType occurredAt orderId storeId cityCode ";
  private static final Map<String, String> MEMBERS =
      Map.of(
          "ORDER_CREATED", COMMON + "customerId totalAmount itemCount",
          "ORDER_ACCEPTED", COMMON,
          "ORDER_PICKED", COMMON + "courierId createdAt acceptedAt pickedAt",
          "ORDER_DELIVERED",
              COMMON
                  + "courierId customerId createdAt courierRequestedAt courierAcceptedAt"
                  + " arrivedAt deliveredAt",
          "ORDER_CANCELLED", COMMON + "customerId");

  private static List<JsonNode> events;

  @BeforeAll
  static void letThreeHoursPass() {
    events = CityEvents.members(21, 60, Duration.ofHours(3));
  }

  @Test
  void everyTypeCarriesEveryMemberOfTheEventFormat() {
    assertThat(events.stream().map(event -> event.get("eventType").asText()).distinct())
        .containsExactlyInAnyOrderElementsOf(MEMBERS.keySet());
    assertThat(events).allSatisfy(OrderLifeTest::hasItsMembers);
  }

  private static void hasItsMembers(JsonNode event) {
    String type = event.get("eventType").asText();
    assertThat(event.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(MEMBERS.get(type).split(" "));
    event
        .properties()
        .forEach(
            member -> {
              if (member.getKey().endsWith("At")) {
                assertThat(member.getValue().asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
              }
            });
    assertThat(event.get("eventId").asText()).hasSizeLessThanOrEqualTo(128);
  }

  @Test
  void amountHasTwoFractionDigits() {
    assertThat(events)
        .filteredOn(event -> isA(event, "ORDER_CREATED"))
        .allSatisfy(
            event -> {
              assertThat(event.toString()).containsPattern("\"totalAmount\":\\d+\\.\\d+,");
              assertThat(event.get("totalAmount").asDouble()).isBetween(1.0, 1_000.0);
              assertThat(event.get("itemCount").asInt()).isBetween(1, 12);
            });
  }

  @Test
  void stagesFollowEachOther() {
    Set<String> lives =
        Set.of(
            "CREATED CANCELLED", "CREATED ACCEPTED CANCELLED", "CREATED ACCEPTED PICKED DELIVERED");
    assertThat(
            ordersCreatedInTheFirst(Duration.ofMinutes(30)).stream()
                .map(OrderLifeTest::life)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(lives);
  }

  private static String life(List<JsonNode> order) {
    return order.stream()
        .map(event -> event.get("eventType").asText().substring("ORDER_".length()))
        .collect(Collectors.joining(" "));
  }

  @Test
  void timesOfAnEventAreCausalAndItsOwnTimeIsTheStageTime() {
    for (JsonNode event : events) {
      if (isA(event, "ORDER_PICKED")) {
        assertGrowing(event, "createdAt", "acceptedAt", "pickedAt");
        assertThat(event.get("pickedAt")).isEqualTo(event.get("occurredAt"));
      } else if (isA(event, "ORDER_DELIVERED")) {
        assertGrowing(
            event,
            "createdAt",
            "courierRequestedAt",
            "courierAcceptedAt",
            "arrivedAt",
            "deliveredAt");
        assertThat(event.get("deliveredAt")).isEqualTo(event.get("occurredAt"));
      }
    }
  }

  @Test
  void eventsOfAnOrderAgree() {
    for (List<JsonNode> order : ordersCreatedInTheFirst(Duration.ofHours(3))) {
      JsonNode created = order.get(0);
      for (JsonNode event : order) {
        assertThat(event.get("storeId")).isEqualTo(created.get("storeId"));
        assertThat(event.get("cityCode")).isEqualTo(created.get("cityCode"));
        assertThat(event.path("createdAt").asText(created.get("occurredAt").asText()))
            .isEqualTo(created.get("occurredAt").asText());
      }
    }
  }

  @Test
  void courierAcceptsAfterTheStoreAndDrivesThereBeforePickingUp() {
    for (List<JsonNode> order : ordersCreatedInTheFirst(Duration.ofHours(3))) {
      if (order.size() == 4) {
        JsonNode delivered = order.get(3);
        assertThat(time(delivered, "courierRequestedAt")).isAfter(time(order.get(1), "occurredAt"));
        assertThat(time(order.get(2), "occurredAt"))
            .isAfter(time(delivered, "courierAcceptedAt").plusSeconds(60))
            .isBefore(time(delivered, "arrivedAt"));
      }
    }
  }

  @Test
  void eventIdsAreUnique() {
    Set<String> ids = new HashSet<>();
    assertThat(events).allMatch(event -> ids.add(event.get("eventId").asText()));
  }

  @Test
  void aboutFourPercentAreCancelled() {
    List<List<JsonNode>> orders = ordersCreatedInTheFirst(Duration.ofMinutes(60));
    double cancelled =
        orders.stream()
            .filter(order -> isA(order.get(order.size() - 1), "ORDER_CANCELLED"))
            .count();
    double deviation = Math.sqrt(0.04 * 0.96 / orders.size());
    assertThat(cancelled / orders.size()).as("seed 21").isCloseTo(0.04, within(4 * deviation));
  }

  @Test
  void noOrderTakesLongerThanTheWarmUp() {
    assertThat(events)
        .filteredOn(event -> isA(event, "ORDER_DELIVERED"))
        .allSatisfy(
            event ->
                assertThat(CityEvents.seconds(event, "createdAt", "deliveredAt"))
                    .isBetween(300.0, (double) SimulatedCity.LONGEST_ORDER.toSeconds()));
  }

  private static void assertGrowing(JsonNode event, String... members) {
    List<Instant> times = new ArrayList<>();
    for (String member : members) {
      times.add(time(event, member));
    }
    assertThat(times).as("%s", event).isSorted().doesNotHaveDuplicates();
  }

  /** Complete orders: those created early enough to have ended by now. */
  private static List<List<JsonNode>> ordersCreatedInTheFirst(Duration time) {
    Map<String, List<JsonNode>> byOrder =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.get("orderId").asText(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Instant end = CityEvents.START.plus(time);
    return byOrder.values().stream()
        .filter(order -> isA(order.get(0), "ORDER_CREATED"))
        .filter(order -> time(order.get(0), "occurredAt").isBefore(end))
        .toList();
  }
}
