package dev.freshet.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs {@code batch done} for many batches at once: after the first one, and then at most once a
 * minute, the sums of their counts since the line before. CloudWatch bills logs by their size, and
 * metrics have the same numbers.
 */
public final class BatchLog {

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Logger log;
  private final String featureGroup;
  private final InstantSource time;
  private final Map<String, Long> sums = new LinkedHashMap<>();
  private long nextMillis = Long.MIN_VALUE;

  /**
   * @param featureGroup the member {@code feature_group} of each line
   */
  public BatchLog(Logger log, String featureGroup, InstantSource time) {
    this.log = log;
    this.featureGroup = featureGroup;
    this.time = time;
  }

  /**
   * Adds the counts of one batch, and logs the sums if a line is due.
   *
   * @param counts by name, in the order in which they are logged
   */
  public synchronized void batchDone(Map<String, Integer> counts) {
    sums.merge("batches", 1L, Long::sum);
    counts.forEach((name, count) -> sums.merge(name, (long) count, Long::sum));
    long now = time.millis();
    if (now >= nextMillis) {
      nextMillis = now + PAUSE_MILLIS;
      LoggingEventBuilder line = log.atInfo().addKeyValue("feature_group", featureGroup);
      for (Map.Entry<String, Long> sum : sums.entrySet()) {
        line = line.addKeyValue(sum.getKey(), sum.getValue());
      }
      line.log("batch done");
      sums.clear();
    }
  }
}
