package dev.freshet.oracle;

import dev.freshet.oracle.PlainFeature.Entered;
import dev.freshet.oracle.PlainFeature.Open;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;
import dev.freshet.oracle.PlainFeature.PlainStage;
import dev.freshet.oracle.PlainFeature.PlainStatus;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The items of a lifecycle, each with all events that name it. */
final class DeclaredItems {

  private static final long NEVER = Long.MAX_VALUE;

  private final Collection<List<OracleEvent>> items;

  DeclaredItems(PlainLifecycle lifecycle, List<OracleEvent> events) {
    Map<String, List<OracleEvent>> byItem =
        events.stream()
            .filter(event -> event.has(lifecycle.item()))
            .collect(Collectors.groupingBy(event -> event.text(lifecycle.item())));
    this.items = byItem.values();
  }

  /** The time of a stage is that of the earliest event that enters it. */
  private static long time(PlainStage stage, List<OracleEvent> item) {
    return item.stream()
        .filter(event -> stage.types().contains(event.type()))
        .mapToLong(OracleEvent::occurredAt)
        .min()
        .orElse(NEVER);
  }

  /** How many items entered the stage in the window. */
  double entered(Entered feature, long at) {
    return items.stream()
        .mapToLong(item -> time(feature.stage(), item))
        .filter(time -> time != NEVER && feature.window().covers(time, at))
        .count();
  }

  /** A feature of the items whose status began within the look-back, and has not ended by then. */
  Double open(Open feature, long at) {
    PlainStatus status = feature.status();
    List<List<OracleEvent>> open =
        items.stream()
            .filter(item -> at - status.lookBackSeconds() * 1_000 < time(status.since(), item))
            .filter(item -> time(status.since(), item) <= at)
            .filter(item -> status.until().stream().allMatch(each -> time(each, item) > at))
            .toList();
    return switch (feature.how()) {
      case COUNT -> (double) open.size();
      case OLDEST ->
          open.isEmpty()
              ? null
              : (Double)
                  (double)
                      open.stream()
                          .mapToLong(item -> time(status.since(), item))
                          .min()
                          .orElseThrow();
      case SUM ->
          open.stream()
              .map(item -> number(feature, item, at))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .doubleValue();
    };
  }

  /**
   * The number of the earliest event of the stage that has one and has happened; of events at one
   * instant, the smallest.
   */
  private static BigDecimal number(Open feature, List<OracleEvent> item, long at) {
    return item.stream()
        .filter(event -> feature.status().since().types().contains(event.type()))
        .filter(event -> event.occurredAt() <= at && feature.number().of(event) != null)
        .min(
            Comparator.comparingLong(OracleEvent::occurredAt)
                .thenComparing(event -> (BigDecimal) feature.number().of(event)))
        .map(event -> (BigDecimal) feature.number().of(event))
        .orElse(BigDecimal.ZERO);
  }
}
