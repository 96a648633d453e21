package dev.freshet.city;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("verify")
class RushHourTest {

  static final List<Town> TOWNS = Town.ALL;

  private static List<JsonNode> events;

  @BeforeAll
  static void letADayPass() {
    events = CityEvents.members(8, 40, Duration.ofDays(1));
  }

  @ParameterizedTest
  @FieldSource("TOWNS")
  void townOrdersMostAtItsOwnLunchAndDinner(Town town) {
    long night = created(town, 3);
    long afternoon = created(town, 16);
    assertThat(created(town, 12)).as("lunch").isGreaterThan(2 * night);
    assertThat(created(town, 19)).as("dinner").isGreaterThan(2 * afternoon);
  }

  @Test
  void kitchensAreSlowerInARush() {
    ToDoubleFunction<JsonNode> kitchen = event -> seconds(event, "acceptedAt", "pickedAt");
    double night = mean("ORDER_PICKED", kitchen, hour -> hour < 6);
    double dinner = mean("ORDER_PICKED", kitchen, hour -> hour == 19 || hour == 20);
    assertThat(dinner).isGreaterThan(1.15 * night);
  }

  @Test
  void couriersAreSlowerToAcceptInARush() {
    ToDoubleFunction<JsonNode> accept =
        event -> seconds(event, "courierRequestedAt", "courierAcceptedAt");
    double night = mean("ORDER_DELIVERED", accept, hour -> hour < 6);
    double dinner = mean("ORDER_DELIVERED", accept, hour -> hour == 19 || hour == 20);
    assertThat(dinner).isGreaterThan(1.2 * night);
  }

  private static double seconds(JsonNode event, String from, String to) {
    return CityEvents.seconds(event, from, to);
  }

  private static long created(Town town, int localHour) {
    return events.stream()
        .filter(event -> CityEvents.isA(event, "ORDER_CREATED"))
        .filter(event -> event.get("cityCode").asText().equals(town.code()))
        .filter(event -> localHour(event, "occurredAt") == localHour)
        .count();
  }

  private static double mean(
      String type, ToDoubleFunction<JsonNode> value, Predicate<Integer> localHour) {
    return events.stream()
        .filter(event -> CityEvents.isA(event, type))
        .filter(event -> localHour.test(localHour(event, "createdAt")))
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }

  private static int localHour(JsonNode event, String member) {
    String code = event.get("cityCode").asText();
    Town town = Town.ALL.stream().filter(any -> any.code().equals(code)).findFirst().orElseThrow();
    return LocalTime.ofInstant(CityEvents.time(event, member), town.zone()).getHour();
  }
}
