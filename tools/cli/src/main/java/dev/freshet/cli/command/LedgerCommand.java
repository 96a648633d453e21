package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.option.FeatureStoreOption;
import dev.freshet.cli.option.StateStoreOption;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code freshet ledger}: prints what came into each function, where it went, and what is missing.
 */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what came into each function and where it went, and which results reached the feature"
          + " store.",
      "Exits with 1 if something is missing. Results of the present hour, and of the one before for"
          + " a quarter of an hour, may still be in flight."
    })
public final class LedgerCommand implements Callable<Integer> {

  private final InstantSource time;

  @Spec private CommandSpec spec;

  @Mixin private StateStoreOption stateStore = new StateStoreOption();

  @Mixin private FeatureStoreOption featureStore = new FeatureStoreOption();

  @Option(
      names = "--at-rest",
      description = "nothing is being published: what is in flight is missing")
  private boolean isAtRest;

  @Option(names = "--reset", description = "begin all ledgers anew, after printing them")
  private boolean reset;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  public LedgerCommand(InstantSource time) {
    this.time = time;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    try (Redis state = stateStore.connect();
        Redis features = featureStore.connect()) {
      LedgerReport report =
          LedgerReport.of(StoredLedgers.readBoth(features, state), time.millis(), isAtRest);
      print(report, spec.commandLine().getOut());
      if (reset) {
        new StoredLedgers(features).reset();
        new StoredLedgers(state).reset();
      }
      return report.missing() == 0 ? 0 : 1;
    } catch (RedisException e) {
      throw new IllegalStateException(
          "the ledgers cannot be read: %s; check --state-store and --feature-store, or start './freshet local'"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void print(LedgerReport report, PrintWriter out) throws JsonProcessingException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
    } else {
      new LedgerText(report).print(out);
    }
  }
}
