package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.option.FeatureStoreOption;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.quality.drift.Baseline;
import dev.freshet.quality.drift.Baselines;
import dev.freshet.quality.drift.Drift;
import dev.freshet.quality.drift.DriftReport;
import dev.freshet.quality.drift.DriftTable;
import dev.freshet.quality.drift.FeatureDrift;
import dev.freshet.quality.drift.TrainingRows;
import dev.freshet.quality.drift.WatchedFeature;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet drift}: compares the values that are served with a baseline. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the values of features in a sample of the entities in the feature store, beside a"
          + " baseline.",
      "Of each feature: the share that is absent, mean and quantiles, and the population stability"
          + " index: below 0.1 it is stable, above 0.25 it has shifted."
    })
public final class DriftCommand implements Callable<Integer> {

  private static final String STORE = "store";
  private static final int DRIFTED = 1;

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--baseline",
      paramLabel = "FILE|store",
      description =
          "what to compare with; that of the feature store, if there is one, unless given")
  private String baseline;

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "training rows of './freshet replay' as the baseline: .parquet, .csv or .jsonl")
  private Path rows;

  @Option(
      names = "--save-baseline",
      paramLabel = "FILE|store",
      description =
          "saves a baseline, of --rows or else of the feature store, and compares nothing")
  private String saved;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "" + Drift.USUAL_SAMPLE,
      description = "how many entities of each dimension to draw; ${DEFAULT-VALUE} unless given")
  private int sample;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      split = ",",
      description = "only the features of these groups")
  private Set<String> groups = new LinkedHashSet<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "draws the same entities of a small feature store again")
  private Long seed;

  @Option(
      names = "--fail-over",
      paramLabel = "PSI",
      description = "exit code 1 if the index of a feature is over this, and not by chance")
  private Double failOver;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private FeatureStoreOption featureStore = new FeatureStoreOption();

  public DriftCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    require(baseline == null || rows == null, "give --baseline or --rows, not both");
    require(saved == null || baseline == null, "--save-baseline compares with no --baseline");
    require(saved == null || failOver == null, "--save-baseline has nothing to --fail-over");
    require(
        sample >= 1 && sample <= Drift.MOST_SAMPLE,
        "--sample must be from 1 to %d: %d".formatted(Drift.MOST_SAMPLE, sample));
    require(failOver == null || failOver >= 0, "--fail-over must not be negative: " + failOver);
    List<WatchedFeature> features = features();
    Random random = seed == null ? new Random() : new Random(seed);
    try (Redis store = featureStore.connect()) {
      return saved == null ? compare(store, features, random) : save(store, features, random);
    } catch (RedisException e) {
      throw new IllegalStateException(
          "feature store: %s; check --feature-store, or start './freshet local'"
              .formatted(e.getMessage()),
          e);
    }
  }

  private List<WatchedFeature> features() {
    List<FeatureGroup> all = Catalogue.load().groups();
    for (String name : groups) {
      require(
          all.stream().anyMatch(group -> group.name().equals(name)),
          "there is no feature group '" + name + "'; './freshet catalog' lists them");
    }
    return WatchedFeature.of(
        all.stream().filter(group -> groups.isEmpty() || groups.contains(group.name())).toList());
  }

  private int compare(Redis store, List<WatchedFeature> features, Random random)
      throws IOException {
    Map<String, Baseline> baselines = baselines(store, features, random);
    DriftReport report = new Drift(store, features, sample, random, clock).against(baselines);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(report) : DriftTable.of(report));
    out.flush();
    List<FeatureDrift> over = failOver == null ? List.of() : report.over(failOver);
    if (!over.isEmpty()) {
      List<String> names = over.stream().map(FeatureDrift::feature).toList();
      spec.commandLine()
          .getErr()
          .println("freshet: over %s: %s".formatted(failOver, String.join(" ", names)));
    }
    return over.isEmpty() ? 0 : DRIFTED;
  }

  private Map<String, Baseline> baselines(Redis store, List<WatchedFeature> features, Random random)
      throws IOException {
    if (rows != null) {
      return TrainingRows.read(rows, features, random, clock.instant());
    }
    if (baseline != null && !baseline.equals(STORE)) {
      return Baselines.read(Path.of(baseline));
    }
    Map<String, Baseline> ofStore = Baselines.read(store);
    if (ofStore.isEmpty() && (baseline != null || failOver != null)) {
      throw new IllegalStateException(
          "the feature store has no baseline: save one with --save-baseline store");
    }
    return ofStore;
  }

  /** With some groups only, the baselines of others that the feature store has stay there. */
  private int save(Redis store, List<WatchedFeature> features, Random random) throws IOException {
    Map<String, Baseline> made =
        rows == null
            ? new Drift(store, features, sample, random, clock).baselines()
            : TrainingRows.read(rows, features, random, clock.instant());
    if (made.isEmpty()) {
      throw new IllegalStateException(
          "no entities were found: the feature store is empty, or in Feast's format");
    }
    if (saved.equals(STORE)) {
      Map<String, Baseline> kept = new TreeMap<>();
      if (!groups.isEmpty()) {
        kept.putAll(Baselines.read(store));
        kept.keySet().removeIf(name -> groups.contains(name.substring(0, name.indexOf(':'))));
      }
      kept.putAll(made);
      Baselines.write(store, kept);
    } else {
      Baselines.write(Path.of(saved), made);
    }
    spec.commandLine().getOut().printf("saved the baselines of %d features%n", made.size());
    return 0;
  }

  private static String json(DriftReport report) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void require(boolean isRight, String complaint) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }
}
