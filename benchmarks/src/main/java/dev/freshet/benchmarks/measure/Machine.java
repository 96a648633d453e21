package dev.freshet.benchmarks.measure;

/** The machine that a run was measured on. */
public final class Machine {

  private Machine() {}

  public static String describe(String redisVersion) {
    return "%d cores (%s), Java %s, Redis %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            redisVersion);
  }
}
