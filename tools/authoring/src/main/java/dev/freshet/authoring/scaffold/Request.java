package dev.freshet.authoring.scaffold;

import java.util.List;

/**
 * A request for a feature group, as the user typed it.
 *
 * @param name of the feature group, such as {@code store_ratings}
 * @param dimension a known one, or {@code name:member} for a new one, {@code name:*} for a global
 *     one
 * @param reads names of known event types
 * @param newTypes types to declare and read: {@code NAME=member,member}
 * @param last how many events a window of the last ones sees; 0 for none
 * @param windows lengths of time windows, such as {@code 5m}
 * @param value the input: {@code from:to} for seconds, one member for an amount, a call such as
 *     {@code text(country)}; blank for none
 * @param filter the events that count, such as {@code status=paid}; blank for all
 * @param features of each window, such as {@code p90} or {@code amount_sum}
 * @param description what the features mean; blank for what follows from the rest
 */
public record Request(
    String name,
    String dimension,
    List<String> reads,
    List<String> newTypes,
    int last,
    List<String> windows,
    String value,
    String filter,
    List<String> features,
    String description) {

  public Request {
    reads = List.copyOf(reads);
    newTypes = List.copyOf(newTypes);
    windows = List.copyOf(windows);
    features = List.copyOf(features);
  }
}
