package dev.freshet.cli.command;

import dev.freshet.cli.option.HistoryOptions;
import dev.freshet.cli.option.KinesisOptions;
import dev.freshet.cli.option.StateStoreOption;
import dev.freshet.definition.Catalogue;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.backfill.StageWrites;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.operations.rebuild.Rebuild;
import dev.freshet.redis.Redis;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.runtime.Settings;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code freshet rebuild}: makes the state of feature groups again from their events. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the state of feature groups again, after the state store lost some.",
      "Reads all events that the streams still have, or files of events, and publishes the results."
          + " Events that the state contains already change nothing; functions may run meanwhile.",
      "Region, credentials and AWS_ENDPOINT_URL_KINESIS are those of the environment."
    })
public final class RebuildCommand implements Callable<Integer> {

  private final Path service;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--feature-group",
      paramLabel = "NAME",
      description = "this group only; may be given several times (default: all)")
  private Set<String> featureGroups = Set.of();

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "files of events (JSON objects, optionally gzipped) instead of the streams;"
              + " STREAM=FILE if the stream says the type of its events")
  private List<String> events = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only records that arrived at this RFC 3339 time or later")
  private Instant since;

  @Mixin private KinesisOptions kinesis = new KinesisOptions();

  @Mixin private HistoryOptions history = new HistoryOptions();

  @Mixin private StateStoreOption stateStore = new StateStoreOption();

  /**
   * @param service the folder of the packaged service
   */
  public RebuildCommand(Path service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (since != null && !events.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--since is for streams, not for --events");
    }
    List<GroupStreams> groups = ChosenGroups.of(featureGroups, service, spec);
    Instant start = clock.instant();
    Settings settings = Settings.ofEnvironment();
    boolean isTableNeeded = groups.stream().anyMatch(each -> each.group().hasHistory());
    try (KinesisClient client = kinesis.connect();
        DynamoDbClient table = isTableNeeded ? history.connect() : null;
        Redis state = stateStore.connect().replicatedTo(settings.stateStoreReplicas());
        Rebuild rebuild =
            new Rebuild(
                groups,
                client,
                kinesis.streamPrefix(),
                state,
                group -> new DynamoDbArchive(table, history.table(), group, Metrics.NONE),
                settings,
                clock,
                spec.commandLine().getOut())) {
      StageWrites.warning(state, groups, settings).ifPresent(spec.commandLine().getErr()::println);
      if (events.isEmpty()) {
        rebuild.fromStreams(Optional.ofNullable(since), start);
      } else {
        EventStreams streams = EventStreams.of(Catalogue.load().groups());
        List<EventSource> files = EventSource.all(events, streams.types());
        warn(rebuild.fromFiles(files, streams));
      }
    } catch (SdkException e) {
      throw kinesis.failure(e);
    }
    return 0;
  }

  private void warn(EventTally tally) {
    tally.problems().forEach(spec.commandLine().getErr()::println);
  }
}
