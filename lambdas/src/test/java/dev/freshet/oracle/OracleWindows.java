package dev.freshet.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demand of a city, and exact sums and means. */
final class OracleWindows {

  private OracleWindows() {}

  static Map<String, Double> demand(List<OracleEvent> created, long at) {
    Map<String, Double> features = new LinkedHashMap<>();
    for (int minutes : new int[] {1, 5, 15, 60}) {
      features.put("created_" + minutes + "m", (double) within(created, minutes, at).size());
    }
    List<BigDecimal> amounts = amounts(within(created, 60, at));
    features.put("amount_sum_60m", sum(amounts));
    if (!amounts.isEmpty()) {
      features.put("amount_mean_60m", mean(amounts));
    }
    return features;
  }

  static List<BigDecimal> amounts(List<OracleEvent> created) {
    return created.stream()
        .filter(event -> event.has("totalAmount"))
        .map(event -> event.json().get("totalAmount").decimalValue())
        .map(amount -> amount.setScale(6, RoundingMode.HALF_EVEN))
        .toList();
  }

  static double sum(List<BigDecimal> numbers) {
    return exactSum(numbers).doubleValue();
  }

  static double mean(List<BigDecimal> numbers) {
    return exactSum(numbers)
        .divide(BigDecimal.valueOf(numbers.size()), new MathContext(60))
        .doubleValue();
  }

  private static BigDecimal exactSum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<OracleEvent> within(List<OracleEvent> events, int minutes, long at) {
    return events.stream()
        .filter(event -> at - minutes * 60_000L < event.occurredAt() && event.occurredAt() <= at)
        .toList();
  }
}
