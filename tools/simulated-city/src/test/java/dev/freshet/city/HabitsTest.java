package dev.freshet.city;

import static dev.freshet.city.CityEvents.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("verify")
class HabitsTest {

  private static List<JsonNode> events;

  @BeforeAll
  static void letTwoBusyHoursPass() {
    events = CityEvents.members(33, 600, Duration.ofHours(2));
  }

  @Test
  void storesHaveTheirOwnTimeInTheKitchen() {
    double[] means =
        means("ORDER_PICKED", "storeId", e -> seconds(e, "acceptedAt", "pickedAt"), 100);
    assertThat(means).hasSizeGreaterThan(100);
    assertThat(percentile(means, 0.9)).isGreaterThan(1.4 * percentile(means, 0.1));
    assertThat(percentile(means, 0.5)).isBetween(10 * 60.0, 22 * 60.0);
  }

  @Test
  void couriersAreQuickOrSlowToAccept() {
    double[] means =
        means(
            "ORDER_DELIVERED",
            "courierId",
            e -> seconds(e, "courierRequestedAt", "courierAcceptedAt"),
            20);
    assertThat(means).hasSizeGreaterThan(500);
    assertThat(percentile(means, 0.9)).isGreaterThan(3 * percentile(means, 0.1));
  }

  @Test
  void someStoresAreMuchBusierThanOthers() {
    Map<String, Long> orders =
        events.stream()
            .filter(event -> isA(event, "ORDER_CREATED") && isA(event, "TYO", "cityCode"))
            .collect(Collectors.groupingBy(e -> e.get("storeId").asText(), Collectors.counting()));
    long[] counts = orders.values().stream().mapToLong(n -> n).sorted().toArray();
    assertThat(counts).hasSizeBetween(190, 200);
    assertThat(counts[counts.length - 1]).isGreaterThan(8 * counts[counts.length / 2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"storeId", "courierId", "customerId"})
  void anIdIsAtHomeInOneCityWhateverTheSeed(String id) {
    Map<String, String> homes = homes(events, id);
    Map<String, String> common = homes(CityEvents.members(34, 100, Duration.ofHours(1)), id);
    common.keySet().retainAll(homes.keySet());
    assertThat(common).hasSizeGreaterThan(500);
    assertThat(homes).containsAllEntriesOf(common);
  }

  /** Fails if an id is seen in two cities. */
  private static Map<String, String> homes(List<JsonNode> events, String id) {
    return events.stream()
        .filter(event -> event.has(id))
        .map(event -> Map.entry(event.get(id).asText(), event.get("cityCode").asText()))
        .distinct()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isA(JsonNode event, String value, String member) {
    return event.get(member).asText().equals(value);
  }

  private static boolean isA(JsonNode event, String type) {
    return CityEvents.isA(event, type);
  }

  /** The mean of each key that has at least {@code enough} values, sorted. */
  private static double[] means(
      String type, String key, ToDoubleFunction<JsonNode> value, int enough) {
    return events.stream()
        .filter(event -> isA(event, type))
        .collect(
            Collectors.groupingBy(
                event -> event.get(key).asText(), Collectors.summarizingDouble(value)))
        .values()
        .stream()
        .filter(statistics -> statistics.getCount() >= enough)
        .mapToDouble(DoubleSummaryStatistics::getAverage)
        .sorted()
        .toArray();
  }

  private static double percentile(double[] sorted, double share) {
    assertThat(sorted).isEqualTo(Arrays.stream(sorted).sorted().toArray());
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
