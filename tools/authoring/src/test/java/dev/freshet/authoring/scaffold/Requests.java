package dev.freshet.authoring.scaffold;

import java.util.List;

/**
 * Requests, part by part; starts from one that is right. Their names are such as no project will
 * have: these tests run in projects with feature groups of their own.
 */
record Requests(
    String name,
    String dimension,
    List<String> reads,
    List<String> newTypes,
    int last,
    List<String> windows,
    String value,
    List<String> features,
    String description) {

  /** How long a store's couriers wait for it. */
  static Requests lastEvents() {
    return new Requests(
        "probe_acceptance_time",
        "store",
        List.of("ORDER_PICKED"),
        List.of(),
        30,
        List.of(),
        "createdAt:acceptedAt",
        List.of("count", "mean", "p90"),
        "How long a store takes to accept an order.");
  }

  /** Ratings, which no event so far carries. */
  static Requests newWords() {
    return new Requests(
        "probe_ratings",
        "probe:probeId",
        List.of(),
        List.of("PROBE_RATED=probeId,stars"),
        0,
        List.of("90s", "5m", "1h"),
        "stars",
        List.of("ratings", "stars_sum", "stars_mean"),
        "");
  }

  Requests name(String other) {
    return new Requests(
        other, dimension, reads, newTypes, last, windows, value, features, description);
  }

  Requests dimension(String other) {
    return new Requests(name, other, reads, newTypes, last, windows, value, features, description);
  }

  Requests reads(String... other) {
    return new Requests(
        name, dimension, List.of(other), newTypes, last, windows, value, features, description);
  }

  Requests newTypes(String... other) {
    return new Requests(
        name, dimension, reads, List.of(other), last, windows, value, features, description);
  }

  Requests last(int other) {
    return new Requests(
        name, dimension, reads, newTypes, other, windows, value, features, description);
  }

  Requests windows(String... other) {
    return new Requests(
        name, dimension, reads, newTypes, 0, List.of(other), value, features, description);
  }

  Requests value(String other) {
    return new Requests(
        name, dimension, reads, newTypes, last, windows, other, features, description);
  }

  Requests features(String... other) {
    return new Requests(
        name, dimension, reads, newTypes, last, windows, value, List.of(other), description);
  }

  Requests description(String other) {
    return new Requests(name, dimension, reads, newTypes, last, windows, value, features, other);
  }

  Request request() {
    return new Request(
        name, dimension, reads, newTypes, last, windows, value, features, description);
  }
}
