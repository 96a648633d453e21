package dev.freshet.examples;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.PaymentHistory;
import dev.freshet.oracle.RideHistory;
import java.util.List;
import java.util.stream.Stream;

/** The declarations of the example groups, and histories for them. */
public final class Examples {

  public static final List<FeatureGroup> GROUPS =
      Stream.of(CardPayments.GROUPS, RideHailing.GROUPS).flatMap(List::stream).toList();

  private Examples() {}

  /** Returns the declaration that has a plain form. */
  public static FeatureGroup group(ExampleGroup example) {
    return GROUPS.stream()
        .filter(each -> each.name().equalsIgnoreCase(example.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns a random history that a group reads, in the order of arrival. */
  public static List<Arrival> history(
      ExampleGroup example, long seed, int events, long startMillis) {
    return CardPayments.GROUPS.contains(group(example))
        ? PaymentHistory.of(seed, events, startMillis)
        : RideHistory.of(seed, events, startMillis);
  }
}
