package dev.freshet.replay;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Timestamps;
import dev.freshet.replay.ReplayScope.Wanted;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that choose rows and columns, of a replay on one machine and on a cluster. */
public final class ScopeOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--groups",
      paramLabel = "GROUP",
      split = ",",
      description = "only the features of these feature groups")
  private List<String> groups = List.of();

  @Option(
      names = "--features",
      paramLabel = "FEATURE",
      split = ",",
      description = "only these columns, in this order: <feature group>:<feature>")
  private List<String> features = List.of();

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "only the features of a feature service, in its order, with its defaults")
  private String service;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only rows of this instant and later; events before it count")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "only rows before this instant")
  private String until;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "only so many of the spine's rows, drawn at random, such as 0.1")
  private double sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "with --sample: which rows are drawn; ${DEFAULT-VALUE} unless given")
  private long seed;

  /**
   * Returns what is chosen.
   *
   * @param hasSpine whether the rows are those of a spine
   * @throws ParameterException if the options do not fit together, or name what is not there
   */
  public ReplayScope of(Catalogue catalogue, boolean hasSpine) {
    require(hasSpine || sample == 1, "--sample needs --spine");
    require(sample > 0 && sample <= 1, "--sample must be above 0 and up to 1: " + sample);
    boolean isOneWay =
        (groups.isEmpty() ? 0 : 1) + (features.isEmpty() ? 0 : 1) + (service == null ? 0 : 1) < 2;
    require(isOneWay, "name one of --groups, --features and --service");
    long sinceMillis = since == null ? Long.MIN_VALUE : millis("--since", since);
    long untilMillis = until == null ? Long.MAX_VALUE : millis("--until", until);
    require(sinceMillis < untilMillis, "--until must be later than --since");
    return new ReplayScope(columns(catalogue, hasSpine), sinceMillis, untilMillis, sample, seed);
  }

  /** Tells whether an option is given that leaves out rows or columns. */
  public boolean isGiven() {
    return !groups.isEmpty()
        || !features.isEmpty()
        || service != null
        || since != null
        || until != null
        || sample < 1;
  }

  private List<Wanted> columns(Catalogue catalogue, boolean hasSpine) {
    if (service != null) {
      return ofService(catalogue, hasSpine);
    }
    List<Wanted> columns = new ArrayList<>();
    for (String each : groups) {
      List<FeatureGroup> named =
          catalogue.groups().stream().filter(group -> group.name().equals(each)).toList();
      require(!named.isEmpty(), "there is no feature group " + each + ": see freshet catalog");
      FeatureColumns.names(named, hasSpine).forEach(name -> columns.add(Wanted.of(name)));
    }
    List<String> all = FeatureColumns.names(catalogue.groups(), hasSpine);
    for (String each : features) {
      require(all.contains(each), "there is no feature " + each + ": see freshet catalog");
      columns.add(Wanted.of(each));
    }
    require(
        columns.stream().map(Wanted::name).distinct().count() == columns.size(),
        "a feature or a feature group is named twice");
    return columns;
  }

  /** Returns the columns of a service; its defaults stand for what the entity of a row lacks. */
  private List<Wanted> ofService(Catalogue catalogue, boolean hasSpine) {
    try {
      return catalogue.service(service).features().stream()
          .map(
              each ->
                  hasSpine
                      ? new Wanted(each.field(), each.number(), each.text())
                      : Wanted.of(each.field()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private long millis(String option, String time) {
    long millis = Timestamps.parse(time);
    require(
        millis != Timestamps.UNPARSABLE,
        option + " must be a time such as 2026-05-04T12:00:00Z, not " + time);
    return millis;
  }

  private void require(boolean isGiven, String message) {
    if (!isGiven) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
