package dev.freshet.benchmarks;

import dev.freshet.benchmarks.part.Extent;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of how much a run measures. */
final class BenchSize {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--quick", description = "less exact, and quicker")
  private boolean quick;

  @Option(names = "--full", description = "also a million keys, which takes minutes more")
  private boolean full;

  @Option(names = "--tiny", hidden = true)
  private boolean tiny;

  void checkUsage() {
    if (quick && full) {
      throw new ParameterException(spec.commandLine(), "name --quick or --full, not both");
    }
  }

  Extent extent() {
    if (tiny) {
      return Extent.TINY;
    }
    return quick ? Extent.QUICK : full ? Extent.FULL : Extent.USUAL;
  }

  /** Returns the numbers of events of the replays. */
  List<Long> replayEvents() {
    return tiny ? List.of(2_000L) : full ? List.of(1_130_000L, 20_000_000L) : List.of(1_130_000L);
  }

  /** Returns how often each replay runs. */
  int replayRuns() {
    return quick || tiny ? 1 : 3;
  }
}
