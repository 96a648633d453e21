package dev.freshet.operations.cost;

/**
 * The batches that Lambda makes of the records of a stream for one function.
 *
 * @param records in a batch
 * @param perSecond batches
 * @param millis the time of one
 * @param instances at most
 */
record Batches(double records, double perSecond, double millis, double instances) {

  /** An instance that is busier than this has records waiting, which join the next batch. */
  private static final double BUSY = 0.8;

  /** Lambda asks a shard for new records once a second, if no consumer of its own gets them. */
  private static final double POLL_SECONDS = 1;

  private static final double GROWTH = 1.05;

  /** Tells the time of a batch of so many records. */
  interface Duration {
    double millis(double records);
  }

  static Batches of(
      double recordsPerSecond, double shards, BillingSettings settings, Duration duration) {
    double slots = shards * settings.number("parallelization-factor");
    double window = settings.number("batch-window-seconds");
    boolean waits = window == 0 && settings.is("consumer", "shared");
    double most = settings.number("batch-size");
    double records = recordsPerSecond / slots * (waits ? POLL_SECONDS : window);
    if (!settings.is("events-in-batch", BillingSettings.COMPUTED)) {
      records = settings.number("events-in-batch") / settings.number("events-in-record");
    }
    records = Math.min(most, Math.max(1, records));
    while (records < most && busy(recordsPerSecond / slots, records, duration) > BUSY) {
      records = Math.min(most, records * GROWTH);
    }
    double perSecond = recordsPerSecond / records;
    double millis = duration.millis(records);
    double busy = Math.max(slots, Math.ceil(perSecond * millis / 1e3));
    return new Batches(records, perSecond, millis, busy);
  }

  private static double busy(double recordsPerSecond, double records, Duration duration) {
    return recordsPerSecond / records * duration.millis(records) / 1e3;
  }
}
