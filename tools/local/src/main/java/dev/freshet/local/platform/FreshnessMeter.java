package dev.freshet.local.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.Trigger;
import java.io.IOException;
import java.time.InstantSource;
import org.HdrHistogram.Histogram;

/**
 * Counts results, and measures the time from {@code occurredAt} of an event until its features can
 * be read, around the function that stores results. Events that occurred before the platform's
 * start are not measured.
 */
final class FreshnessMeter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource time;
  private final long startMillis;
  private final Histogram histogram = new Histogram(3);
  private long results;

  FreshnessMeter(InstantSource time) {
    this.time = time;
    this.startMillis = time.millis();
  }

  FunctionInvoker around(FunctionInvoker function) {
    return (event, requestId) -> {
      byte[] answer = function.invoke(event, requestId);
      measure(event, answer);
      return answer;
    };
  }

  /** Returns how many results have reached the feature store. */
  synchronized long results() {
    return results;
  }

  synchronized Histogram read() {
    return histogram.copy();
  }

  private synchronized void measure(byte[] event, byte[] answer) {
    long now = time.millis();
    try {
      if (!JSON.readTree(answer).path("batchItemFailures").isEmpty()) {
        return; // the batch comes again
      }
      for (JsonNode record : JSON.readTree(event).path("Records")) {
        byte[] data = record.path("kinesis").path("data").binaryValue();
        ResultRecords.read(data).forEach(result -> measure(result, now));
      }
    } catch (IOException e) {
      // Not a result: the subscriber writes a dead letter, and there is no time to measure.
    }
  }

  private void measure(FeatureResult result, long now) {
    results++;
    boolean fresh = startMillis <= result.eventTime() && result.eventTime() <= now;
    if (fresh && result.trigger() == Trigger.EVENT) {
      histogram.recordValue(now - result.eventTime());
    }
  }
}
