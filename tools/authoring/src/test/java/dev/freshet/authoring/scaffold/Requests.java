package dev.freshet.authoring.scaffold;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests, part by part; starts from one that is right. Their names are such as no project will
 * have: these tests run in projects with feature groups of their own.
 */
record Requests(Map<String, List<String>> parts) {

  /** How long a store's couriers wait for it. */
  static Requests lastEvents() {
    return new Requests(Map.of())
        .name("probe_acceptance_time")
        .dimension("store")
        .reads("ORDER_PICKED")
        .newTypes()
        .windows()
        .last(30)
        .value("createdAt:acceptedAt")
        .filter("")
        .features("count", "mean", "p90")
        .description("How long a store takes to accept an order.");
  }

  /** Ratings, which no event so far carries. */
  static Requests newWords() {
    return lastEvents()
        .name("probe_ratings")
        .dimension("probe:probeId")
        .reads()
        .newTypes("PROBE_RATED=probeId,stars")
        .windows("90s", "5m", "1h")
        .value("stars")
        .features("ratings", "stars_sum", "stars_mean")
        .description("");
  }

  Requests name(String other) {
    return with("name", other);
  }

  Requests dimension(String other) {
    return with("dimension", other);
  }

  Requests reads(String... other) {
    return with("reads", other);
  }

  Requests newTypes(String... other) {
    return with("newTypes", other);
  }

  Requests last(int other) {
    return with("last", Integer.toString(other));
  }

  /** Time windows, and no last events. */
  Requests windows(String... other) {
    return with("windows", other).last(0);
  }

  Requests value(String other) {
    return with("value", other);
  }

  Requests filter(String other) {
    return with("filter", other);
  }

  Requests features(String... other) {
    return with("features", other);
  }

  Requests description(String other) {
    return with("description", other);
  }

  Requests with(String part, String... values) {
    Map<String, List<String>> changed = new HashMap<>(parts);
    changed.put(part, List.of(values));
    return new Requests(changed);
  }

  Request request() {
    return new Request(
        text("name"),
        text("dimension"),
        parts.get("reads"),
        parts.get("newTypes"),
        Integer.parseInt(text("last")),
        parts.get("windows"),
        text("value"),
        text("filter"),
        parts.get("features"),
        text("description"));
  }

  private String text(String part) {
    return parts.get(part).get(0);
  }
}
