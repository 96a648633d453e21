package dev.freshet.quality.drift;

import static java.util.Comparator.comparing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares the values in the feature store with the baselines that are saved there, and sends
 * gauges of each feature. The baselines say which features there are, so it needs no catalogue. A
 * schedule calls it.
 */
public final class DriftHandler implements RequestHandler<Map<String, Object>, String> {

  /** The most features of which gauges are sent: those that have moved most. */
  static final int MOST_FEATURES = 500;

  @Override
  public String handleRequest(Map<String, Object> schedule, Context context) {
    return Invocation.runRarely(context.getAwsRequestId(), () -> watch(Clients.shared()));
  }

  private static String watch(Clients clients) {
    int sample = clients.settings().environment().count("DRIFT_SAMPLE", Drift.USUAL_SAMPLE);
    return watch(clients.featureStore(), sample, new Random(), clients.clock(), clients::metrics);
  }

  /** Returns what it did. */
  static String watch(
      Redis store, int sample, Random random, Clock clock, Function<String, Metrics> metrics) {
    Map<String, Baseline> baselines = Baselines.read(store);
    if (baselines.isEmpty()) {
      return "no baseline is saved: run ./freshet drift --save-baseline store";
    }
    List<WatchedFeature> features =
        baselines.entrySet().stream()
            .map(
                each ->
                    new WatchedFeature(
                        each.getKey(), each.getValue().dimension(), each.getValue().kind()))
            .toList();
    DriftReport report = new Drift(store, features, sample, random, clock).against(baselines);
    List<FeatureDrift> compared =
        report.features().stream()
            .filter(each -> each.psi() != null)
            .sorted(comparing(FeatureDrift::psi).reversed())
            .toList();
    compared.stream()
        .limit(MOST_FEATURES)
        .forEach(each -> send(each, metrics.apply(each.featureGroup())));
    long shifted =
        compared.stream().filter(each -> each.reading() == FeatureDrift.Reading.SHIFTED).count();
    return "compared %d of %d features: %d have shifted"
        .formatted(compared.size(), features.size(), shifted);
  }

  private static void send(FeatureDrift drift, Metrics metrics) {
    metrics.gauge(Metric.DRIFT_PSI, drift.feature(), drift.psi());
    metrics.gauge(Metric.DRIFT_ABSENT, drift.feature(), drift.absentChange());
    if (drift.change() != null) {
      metrics.gauge(Metric.DRIFT_CHANGE, drift.feature(), Math.abs(drift.change()));
    }
  }
}
