package dev.freshet.cli.command;

import dev.freshet.cli.option.HistoryOptions;
import dev.freshet.cli.option.KinesisOptions;
import dev.freshet.cli.option.StateStoreOption;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.backfill.Backfill;
import dev.freshet.operations.backfill.RetainedEvents;
import dev.freshet.operations.backfill.StageWrites;
import dev.freshet.operations.backfill.ToolResults;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.redis.Redis;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.runtime.Settings;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

/** {@code freshet backfill}: gives a group the history from before it was deployed. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the history of a new or changed feature group from files of events, and installs it"
          + " beside the live stream.",
      "The files must hold all events up to the seam, the instant since which the group's present"
          + " declaration is at work; without --events, prints it. Functions go on meanwhile. May be"
          + " interrupted, and run again. At the end, compares entities drawn at random with a"
          + " replay; exits with 1 if one differs."
    })
public final class BackfillCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  private final Path service;
  private final boolean terminal;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = {"--group", "--feature-group"},
      paramLabel = "NAME",
      required = true,
      description = "a group with a window of every() or lifetime()")
  private String group;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "JSON objects, one after another or in arrays; gzipped or not, in any order;"
              + " STREAM=FILE if the stream says the type of its events")
  private List<String> events = List.of();

  @Option(
      names = "--parts",
      paramLabel = "DIR",
      description = "instead of --events: the output of 'replay-spark --backfill'")
  private Path parts;

  @Option(
      names = "--complete-until",
      paramLabel = "TIME",
      description = "there were no events between the end of the files and this RFC 3339 time")
  private Instant completeUntil;

  @Option(names = "--dry-run", description = "compute only, install nothing")
  private boolean dryRun;

  @Option(
      names = "--check",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many entities to compare with a replay; ${DEFAULT-VALUE} unless given")
  private int checked;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "which entities are compared; another one each time unless given")
  private Long seed;

  @Mixin private KinesisOptions kinesis = new KinesisOptions();

  @Mixin private HistoryOptions history = new HistoryOptions();

  @Mixin private StateStoreOption stateStore = new StateStoreOption();

  /**
   * @param service the folder of the packaged service
   * @param terminal whether the error stream is a terminal
   */
  public BackfillCommand(Path service, boolean terminal, Clock clock) {
    this.service = service;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (checked < 0 || (parts != null && !events.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          checked < 0 ? "--check must not be negative: " + checked : "give --events or --parts");
    }
    GroupStreams deployed = ChosenGroups.of(Set.of(group), service, spec).get(0);
    Settings settings = Settings.ofEnvironment();
    try (KinesisClient client = kinesis.connect();
        EventPutter putter = new EventPutter(client, kinesis.streamPrefix());
        ToolResults results = new ToolResults(putter, settings, clock);
        DynamoDbClient table = history.connect();
        Redis state = stateStore.connect().replicatedTo(settings.stateStoreReplicas())) {
      StageWrites.warning(state, List.of(deployed), settings)
          .ifPresent(spec.commandLine().getErr()::println);
      Backfill backfill =
          Backfill.of(
              deployed.group(),
              state,
              new DynamoDbArchive(table, history.table(), deployed.group(), Metrics.NONE),
              settings.timeToLive(),
              results,
              new RetainedEvents(client, kinesis.streamPrefix(), deployed),
              options(),
              clock,
              spec.commandLine().getOut());
      return run(backfill) ? 0 : DIFFERENT;
    } catch (SdkException e) {
      throw kinesis.failure(e);
    }
  }

  private Backfill.Options options() {
    long chosen = seed == null ? clock.millis() : seed;
    return new Backfill.Options(dryRun, checked, chosen, Optional.ofNullable(completeUntil));
  }

  private boolean run(Backfill backfill) throws IOException {
    OptionalLong seam = backfill.seam();
    if (seam.isEmpty()) {
      spec.commandLine().getOut().println("nothing is missing in the history of " + group);
      if (!dryRun && !(events.isEmpty() && parts == null)) {
        backfill.completeAll();
      }
      return true;
    }
    spec.commandLine()
        .getOut()
        .printf("the seam of %s is %s%n", group, Instant.ofEpochMilli(seam.getAsLong()));
    if (parts != null) {
      return backfill.fromParts(seam.getAsLong(), parts);
    }
    return events.isEmpty() || fromFiles(backfill, seam.getAsLong());
  }

  private boolean fromFiles(Backfill backfill, long seamMillis) throws IOException {
    List<EventType> types = Catalogue.load().eventTypes();
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), System::nanoTime);
    List<EventSource> files = EventSource.all(events, types);
    return backfill.fromFiles(seamMillis, files, types, terminal ? bar : ReplayProgress.NONE);
  }
}
