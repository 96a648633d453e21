package dev.freshet.console;

import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The counters and addresses of a running platform, for programs on this machine.
 *
 * @param since when the platform started
 */
record LocalCounters(Platform platform, Instant since, InstantSource time) {

  /** Totals since the start; rates are differences of two answers. */
  Map<String, Object> counters() {
    PlatformCounters counters = platform.counters();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("since", since.toString());
    json.put("at", time.instant().toString());
    json.put("events", counters.events());
    json.put("results", counters.results());
    json.put("deadLetters", counters.deadLetters());
    json.put("judgements", counters.judgements());
    json.put("freshnessMillis", percentiles(counters.freshness()));
    json.put("mappings", platform.invocations());
    json.put("recalculation", platform.stateMachineCounters());
    platform.historyWrites().ifPresent(writes -> json.put("historyWrites", writes));
    return json;
  }

  private static Map<String, Long> percentiles(Histogram latencies) {
    return latencies.getTotalCount() == 0
        ? Map.of()
        : Map.of(
            "p50", latencies.getValueAtPercentile(50), "p99", latencies.getValueAtPercentile(99));
  }

  /** The addresses of the platform's servers. */
  Map<String, Object> endpoints() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kinesis", platform.kinesisEndpoint());
    json.put("featureStore", platform.featureStoreUrl());
    json.put("stateStore", platform.stateStoreUrl());
    platform.historyEndpoint().ifPresent(endpoint -> json.put("history", endpoint));
    return json;
  }
}
