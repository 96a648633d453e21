package dev.freshet.cli.command;

import dev.freshet.cli.option.KinesisOptions;
import dev.freshet.event.Reason;
import dev.freshet.operations.redrive.LetterFilter;
import dev.freshet.operations.redrive.Redrive;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** {@code freshet redrive}: puts unprocessed records back into their streams. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Lists dead letters, or puts them back into their streams.",
      "With --discarded, lists the records of batches that were given up. With --replay, puts each"
          + " distinct record back into the stream it came from. Replaying twice changes nothing: an"
          + " event that was counted is recognised.",
      "Region, credentials and AWS_ENDPOINT_URL_KINESIS are those of the environment."
    })
public final class RedriveCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(names = "--replay", description = "put the records back")
  private boolean replay;

  @Option(names = "--dry-run", description = "only list them, which is the default")
  private boolean dryRun;

  @Option(
      names = "--discarded",
      paramLabel = "FILE",
      description = "documents of the on-failure destination, one after another; - is stdin")
  private String discarded;

  @Mixin private KinesisOptions kinesis = new KinesisOptions();

  @Option(names = "--feature-group", paramLabel = "NAME", description = "of this group only")
  private Set<String> featureGroups = Set.of();

  @Option(names = "--reason", description = "of this reason only: ${COMPLETION-CANDIDATES}")
  private Set<Reason> reasons = Set.of();

  @Option(names = "--stream", paramLabel = "NAME", description = "of this stream only")
  private Set<String> streams = Set.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "received at this RFC 3339 time or later")
  private Instant since = Instant.MIN;

  @Option(names = "--until", paramLabel = "TIME", description = "received before this time")
  private Instant until = Instant.MAX;

  public RedriveCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    checkUsage();
    LetterFilter filter =
        new LetterFilter(kinesis.streamPrefix(), featureGroups, reasons, streams, since, until);
    PrintWriter out = spec.commandLine().getOut();
    try (KinesisClient client = kinesis.connect();
        Redrive redrive = new Redrive(client, filter, replay, clock.instant(), out)) {
      if (discarded == null) {
        redrive.letters();
      } else {
        discarded(redrive);
      }
    } catch (SdkException e) {
      throw kinesis.failure(e);
    }
    return 0;
  }

  private void checkUsage() {
    if (replay && dryRun) {
      throw new ParameterException(spec.commandLine(), "name --replay or --dry-run, not both");
    }
    if (!since.isBefore(until)) {
      throw new ParameterException(spec.commandLine(), "--until must be later than --since");
    }
    if (discarded != null && !(featureGroups.isEmpty() && reasons.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "discarded batches have no --feature-group and no --reason");
    }
  }

  private void discarded(Redrive redrive) throws IOException {
    if (discarded.equals(STANDARD_INPUT)) {
      redrive.discarded(System.in);
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(discarded))) {
      redrive.discarded(in);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + discarded + ": name one, or - for stdin", e);
    } catch (IOException e) {
      throw new IOException(discarded + ": " + e.getMessage(), e);
    }
  }
}
