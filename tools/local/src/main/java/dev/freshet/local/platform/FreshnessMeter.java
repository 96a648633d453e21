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
 * be read, around a function that reads results. Events that occurred before the platform's start
 * are not measured.
 *
 * <p>If the functions write the feature store themselves, features can be read before their result
 * arrives in the stream, so the time of its arrival counts.
 */
final class FreshnessMeter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource time;
  private final boolean direct;
  private final long startMillis;
  private final Histogram histogram = new Histogram(3);
  private long results;

  /**
   * @param direct whether results are in the feature store before they are in the stream
   */
  FreshnessMeter(InstantSource time, boolean direct) {
    this.time = time;
    this.direct = direct;
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
        JsonNode kinesis = record.path("kinesis");
        long readable = direct ? arrivalMillis(kinesis) : now;
        ResultRecords.read(kinesis.path("data").binaryValue())
            .forEach(result -> measure(result, readable));
      }
    } catch (IOException e) {
      // Not a result: the subscriber writes a dead letter, and there is no time to measure.
    }
  }

  private static long arrivalMillis(JsonNode kinesis) {
    return Math.round(kinesis.path("approximateArrivalTimestamp").asDouble() * 1_000);
  }

  private void measure(FeatureResult result, long readable) {
    results++;
    boolean fresh = startMillis <= result.eventTime() && result.eventTime() <= readable;
    if (fresh && result.trigger() == Trigger.EVENT) {
      histogram.recordValue(readable - result.eventTime());
    }
  }
}
