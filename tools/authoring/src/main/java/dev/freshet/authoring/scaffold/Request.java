package dev.freshet.authoring.scaffold;

import java.util.List;

/**
 * A request for a feature group, as the user typed it.
 *
 * @param name of the feature group, such as {@code store_ratings}
 * @param dimension a known one, or {@code name:member} for a new one
 * @param reads names of known event types
 * @param newTypes types to declare and read: {@code NAME=member,member}
 * @param last how many events the window holds; 0 for time windows
 * @param windows lengths such as {@code 5m}; empty for a window of the last events
 * @param value {@code from:to} for seconds, one member for an amount, blank for none
 * @param features of the window, such as {@code p90} or {@code amount_sum}
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
    List<String> features,
    String description) {

  public Request {
    reads = List.copyOf(reads);
    newTypes = List.copyOf(newTypes);
    windows = List.copyOf(windows);
    features = List.copyOf(features);
  }
}
