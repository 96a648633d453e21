package dev.freshet.benchmarks.soak;

import java.io.IOException;

/**
 * What was measured at one instant. Memory is in bytes; {@code orders} and {@code results} count
 * from the beginning.
 */
record SoakMeasurement(
    long atMillis,
    long orders,
    long results,
    long heap,
    long residentSet,
    long threads,
    long stateClients,
    long stateKeys,
    long stateMemory,
    long featureClients,
    long featureKeys,
    long featureMemory) {

  static SoakMeasurement of(
      long atMillis, long orders, long results, SoakProbe state, SoakProbe features)
      throws IOException {
    return new SoakMeasurement(
        atMillis,
        orders,
        results,
        SoakProbe.heap(),
        SoakProbe.residentSet(),
        SoakProbe.threads(),
        state.clients(),
        state.keys(),
        state.usedMemory(),
        features.clients(),
        features.keys(),
        features.usedMemory());
  }

  /** One line for people; memory in MiB. */
  @Override
  public String toString() {
    return ("%,9d orders %,11d results | heap %6.1f  rss %6.1f  threads %d"
            + " | state store: %d clients %,7d keys %6.1f | feature store: %d clients %,7d keys %6.1f")
        .formatted(
            orders,
            results,
            mebibytes(heap),
            mebibytes(residentSet),
            threads,
            stateClients,
            stateKeys,
            mebibytes(stateMemory),
            featureClients,
            featureKeys,
            mebibytes(featureMemory));
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
