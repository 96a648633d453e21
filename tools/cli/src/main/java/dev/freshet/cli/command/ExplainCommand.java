package dev.freshet.cli.command;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.operations.explain.StreamExplanation;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import dev.freshet.replay.explain.Explainer;
import dev.freshet.replay.explain.Explanation;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code freshet explain}: explains the value of a feature. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says why a feature of an entity has its value.",
      "Lists the events that count, those that no longer count, those that are ahead, late or"
          + " duplicate, and the formula. Reads the events from files, or else from the streams of"
          + " the platform."
    })
public final class ExplainCommand implements Callable<Integer> {

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIMENSION", description = "what the entity is")
  private String dimension;

  @Parameters(index = "1", paramLabel = "VALUE", description = "the entity's id, such as 45")
  private String value;

  @Parameters(
      index = "2",
      paramLabel = "FEATURE",
      description = "<group>:<feature>, or <feature> if no other group has one of this name")
  private String feature;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "the instant to explain, RFC 3339; now unless given")
  private Instant at;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "JSON objects, one after another or in arrays; gzipped or not, in any order;"
              + " STREAM=FILE if the stream says the type of its events")
  private List<String> events = List.of();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:4567",
      description = "the Kinesis of a local platform: ${DEFAULT-VALUE} unless given")
  private URI endpoint;

  @Option(
      names = "--stream-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "what the names of the streams start with")
  private String streamPrefix;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "how many events of a kind to list, those nearest to the instant;"
              + " ${DEFAULT-VALUE} unless given")
  private int most;

  @Option(
      names = "--entity-ttl",
      paramLabel = "DURATION",
      defaultValue = "P90D",
      description = "the setting ENTITY_TTL of the platform; ${DEFAULT-VALUE} unless given")
  private Duration entityTtl;

  public ExplainCommand(Clock clock) {
    this.clock = clock;
  }

  /** A feature and its group. */
  private record Chosen(FeatureGroup group, Feature feature) {
    String name() {
      return FeatureColumns.name(group, feature);
    }

    boolean isNamed(String name) {
      return name.equals(name()) || name.equals(feature.name());
    }
  }

  @Override
  public Integer call() throws IOException {
    if (most < 0) {
      throw new ParameterException(spec.commandLine(), "--most must not be negative: " + most);
    }
    if (value.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "VALUE is empty: name an entity");
    }
    List<FeatureGroup> groups = groups();
    Chosen chosen = choose(groups);
    Instant instant = Optional.ofNullable(at).orElseGet(clock::instant);
    Explanation explanation =
        events.isEmpty() ? ofStreams(chosen, instant) : ofFiles(groups, chosen, instant);
    explanation.text(most).forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  private List<FeatureGroup> groups() {
    List<FeatureGroup> all = Catalogue.load().groups();
    List<FeatureGroup> groups =
        all.stream().filter(group -> group.dimension().name().equals(dimension)).toList();
    if (groups.isEmpty()) {
      List<String> known = all.stream().map(group -> group.dimension().name()).distinct().toList();
      throw new ParameterException(
          spec.commandLine(),
          "there is no dimension %s: name one of %s".formatted(dimension, String.join(" ", known)));
    }
    return groups;
  }

  private Chosen choose(List<FeatureGroup> groups) {
    List<Chosen> all =
        groups.stream()
            .flatMap(group -> group.features().stream().map(each -> new Chosen(group, each)))
            .toList();
    List<Chosen> named = all.stream().filter(each -> each.isNamed(feature)).toList();
    if (named.size() != 1) {
      List<Chosen> offered = named.isEmpty() ? all : named;
      throw new ParameterException(
          spec.commandLine(),
          "%s is %s feature of %s: name one of %s"
              .formatted(
                  feature,
                  named.isEmpty() ? "no" : "more than one",
                  dimension,
                  String.join(" ", offered.stream().map(Chosen::name).toList())));
    }
    return named.get(0);
  }

  private Explanation ofFiles(List<FeatureGroup> groups, Chosen chosen, Instant instant)
      throws IOException {
    EventTally tally = new EventTally();
    List<EventType> types = Catalogue.load().eventTypes();
    Explainer explainer =
        new Explainer(
            groups, types, chosen.group, chosen.feature, value, instant.toEpochMilli(), entityTtl);
    EventJudge judge = new EventJudge(new FeatureColumns(groups), types, tally);
    for (EventSource file : EventSource.all(events, types)) {
      try (RawEvents reader = file.open()) {
        for (RawEvent event = reader.next(); event != null; event = reader.next()) {
          judge.judge(event, file);
          if (!event.isSetAside()) {
            explainer.see(file.stream(), event.bytes());
          }
        }
      }
    }
    tally.requireAny();
    tally.problems().forEach(spec.commandLine().getErr()::println);
    return explainer.explain();
  }

  private Explanation ofStreams(Chosen chosen, Instant instant) {
    try (KinesisClient kinesis = LocalKinesis.connect(endpoint)) {
      return new StreamExplanation(Catalogue.load(), kinesis, streamPrefix, entityTtl)
          .of(chosen.group, chosen.feature, value, instant, clock.instant());
    } catch (SdkException e) {
      throw new IllegalStateException(
          "Kinesis at %s: %s; start ./freshet local, or name files with --events"
              .formatted(endpoint, e.getMessage()),
          e);
    }
  }
}
