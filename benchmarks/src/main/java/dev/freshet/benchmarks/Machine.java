package dev.freshet.benchmarks;

/** What a run was measured on. */
final class Machine {

  private Machine() {}

  static String describe(String redisVersion) {
    return "%d cores (%s), Java %s, Redis %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("java.version"),
            redisVersion);
  }
}
