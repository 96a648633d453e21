package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.quality.drift.Baseline;
import dev.freshet.quality.drift.Baselines;
import dev.freshet.quality.drift.Drift;
import dev.freshet.quality.drift.DriftReport;
import dev.freshet.quality.drift.WatchedFeature;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The values of features in a sample of the feature store, beside its baseline. Each reading costs
 * the store some thousand small reads.
 */
public final class DataPage implements Page {

  private static final String COMMAND = "./freshet drift";

  private final Redis store;
  private final List<WatchedFeature> features;
  private final String options;
  private final Duration every;
  private final Clock clock;
  private final Random random = new Random();

  /**
   * @param store the feature store
   * @param options those that point the command at it
   * @param every how often the page is read
   */
  public DataPage(
      Catalogue catalogue, Redis store, String options, Duration every, InstantSource time) {
    this.store = store;
    this.features = WatchedFeature.of(catalogue.groups());
    this.options = options;
    this.every = every;
    this.clock = time.withZone(ZoneOffset.UTC);
  }

  /**
   * The values now.
   *
   * @param made by the source of a baseline, when it was made; of several times the latest
   * @param everyMillis how often they are read
   * @param command what prints the same
   * @param save what makes a baseline of the values that are served now
   */
  record Shown(
      DriftReport report,
      Map<String, String> made,
      long everyMillis,
      String command,
      String save) {}

  @Override
  public Shown read(Map<String, String> parameters) {
    try {
      Map<String, Baseline> baselines = Baselines.read(store);
      DriftReport report =
          new Drift(store, features, Drift.USUAL_SAMPLE, random, clock).against(baselines);
      return new Shown(
          report,
          made(baselines),
          every.toMillis(),
          COMMAND + options,
          COMMAND + " --save-baseline store" + options);
    } catch (RedisException e) {
      throw new IllegalStateException("the feature store does not answer: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> made(Map<String, Baseline> baselines) {
    Map<String, String> made = new TreeMap<>();
    for (Baseline each : baselines.values()) {
      made.merge(
          String.valueOf(each.from()),
          String.valueOf(each.madeAt()),
          (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
    return made;
  }
}
