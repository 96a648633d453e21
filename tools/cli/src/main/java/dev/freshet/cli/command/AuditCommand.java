package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.cli.option.FeatureStoreOption;
import dev.freshet.cli.option.KinesisOptions;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.quality.audit.Audit;
import dev.freshet.quality.audit.AuditOptions;
import dev.freshet.quality.audit.AuditReport;
import dev.freshet.quality.audit.AuditText;
import dev.freshet.quality.audit.Cause;
import dev.freshet.quality.audit.EventScan;
import dev.freshet.quality.audit.FileEvents;
import dev.freshet.quality.audit.StreamEvents;
import dev.freshet.redis.Redis;
import dev.freshet.replay.events.EventSource;
import dev.freshet.runtime.Settings;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code freshet audit}: compares served features with a recomputation. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what the feature store serves with what the events give.",
      "Draws entities at random, or takes all; computes their features anew from the events that the"
          + " streams still have, or from files, each at its @computed_at; and says the cause of each"
          + " difference. Fails if one is unexplained. Changes nothing."
    })
public final class AuditCommand implements Callable<Integer> {

  private static final int UNEXPLAINED = 1;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--entities",
      paramLabel = "N",
      description = "how many entities of each dimension to draw (default: 100)")
  private Integer entities;

  @Option(names = "--all", description = "compare all entities")
  private boolean all;

  @Option(
      names = {"--group", "--feature-group"},
      paramLabel = "NAME",
      description = "this group only; may be given several times (default: all)")
  private Set<String> featureGroups = Set.of();

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "files of all events that ever occurred instead of the streams: JSON lines, CSV or"
              + " Parquet, gzipped or not; STREAM=FILE if the stream says the type of its events")
  private List<String> events = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "draws the same entities again (default: another one each time)")
  private Long seed;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "read only records that arrived at this RFC 3339 time or later")
  private Instant since;

  @Option(
      names = "--complete",
      description = {
        "the streams have all events that ever occurred: compare also what may reach back before",
        "them, whatever their retention and @complete_since say"
      })
  private boolean complete;

  @Option(
      names = "--in-flight",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "how long an event may take into the feature store (default: ${DEFAULT-VALUE})")
  private Duration inFlight;

  @Option(
      names = "--lag",
      paramLabel = "DURATION",
      defaultValue = "120s",
      description = "how long a change by time alone may take into it (default: ${DEFAULT-VALUE})")
  private Duration lag;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private FeatureStoreOption featureStore = new FeatureStoreOption();

  @Mixin private KinesisOptions kinesis = new KinesisOptions();

  public AuditCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    AuditOptions options = options();
    AuditReport report;
    if (events.isEmpty()) {
      try (KinesisClient client = kinesis.connect()) {
        Set<String> streams = options.streams(Catalogue.load().groups());
        report = audit(new StreamEvents(client, streams, kinesis.streamPrefix()::concat), options);
      } catch (SdkException e) {
        throw kinesis.failure(e);
      }
    } else {
      List<EventSource> files = EventSource.all(events, Catalogue.load().eventTypes());
      report = audit(new FileEvents(files), options);
    }
    print(report);
    if (report.compared() == 0) {
      throw new IllegalStateException(
          "nothing was compared: check --feature-store, --endpoint, --stream-prefix and --feature-group");
    }
    return report.count(Cause.UNEXPLAINED) == 0 ? 0 : UNEXPLAINED;
  }

  private AuditOptions options() {
    require(!complete || since == null, "--complete needs all records: leave --since out");
    require(!all || entities == null, "--all and --entities exclude each other");
    require(entities == null || entities > 0, "--entities must be at least 1: " + entities);
    require(
        events.isEmpty() || (since == null && !complete),
        "--since and --complete are for streams, not for --events");
    requireKnownGroups();
    OptionalInt number =
        all
            ? OptionalInt.empty()
            : OptionalInt.of(Optional.ofNullable(entities).orElse(AuditOptions.USUAL_ENTITIES));
    return AuditOptions.usual(Optional.ofNullable(seed).orElseGet(clock::millis))
        .entities(number)
        .groups(featureGroups)
        .bounds(inFlight, lag)
        .since(Optional.ofNullable(since))
        .complete(complete);
  }

  private void requireKnownGroups() {
    Set<String> known =
        Catalogue.load().groups().stream().map(FeatureGroup::name).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(featureGroups);
    unknown.removeAll(known);
    require(
        unknown.isEmpty(),
        "there is no feature group %s: name one of %s"
            .formatted(String.join(" ", unknown), String.join(" ", new TreeSet<>(known))));
  }

  private void require(boolean isGiven, String complaint) {
    if (!isGiven) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }

  private AuditReport audit(EventScan scan, AuditOptions options) {
    try (Redis store = featureStore.connect()) {
      return new Audit(
              Catalogue.load().groups(),
              store,
              scan,
              options,
              Settings.ofEnvironment(),
              clock,
              pause -> LockSupport.parkNanos(pause.toNanos()))
          .run();
    } catch (RedisException e) {
      throw new IllegalStateException(
          "feature store: %s; check --feature-store, or start './freshet local'"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void print(AuditReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    } else {
      AuditText.lines(report).forEach(out::println);
    }
    out.flush();
  }
}
