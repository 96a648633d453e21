package dev.freshet.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet bench}: what an event costs. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "What an event costs.")
final class BenchCommand implements Callable<Integer> {

  @Option(names = "--quick", description = "less exact, in a minute")
  private boolean quick;

  @Option(
      names = "--orders-per-second",
      defaultValue = "5",
      description = "of simulated time (default: ${DEFAULT-VALUE})")
  private double ordersPerSecond;

  @Override
  public Integer call() {
    Bench.run(ordersPerSecond, quick ? 3 : 10);
    return 0;
  }
}
