package dev.freshet.local.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultReader;
import dev.freshet.result.Trigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/**
 * Measures, around the function that stores results, how long after {@code occurredAt} an event's
 * features can be read. Only fresh events count: those that occurred since the platform started.
 */
final class FreshnessMeter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource time;
  private final long startMillis;
  private final Latencies latencies = Latencies.none();

  FreshnessMeter(InstantSource time) {
    this.time = time;
    this.startMillis = time.millis();
  }

  FunctionInvoker around(FunctionInvoker function) {
    return (event, requestId) -> {
      byte[] answer = function.invoke(event, requestId);
      measure(event);
      return answer;
    };
  }

  synchronized Latencies read() {
    return latencies.copy();
  }

  private synchronized void measure(byte[] event) {
    long now = time.millis();
    try {
      for (JsonNode record : JSON.readTree(event).path("Records")) {
        byte[] data = record.path("kinesis").path("data").binaryValue();
        measure(ResultReader.read(ByteBuffer.wrap(data)), now);
      }
    } catch (IOException e) {
      // Not a result record: the subscriber has left a dead letter, and there is nothing to time.
    }
  }

  private void measure(FeatureResult result, long now) {
    boolean fresh = startMillis <= result.eventTime() && result.eventTime() <= now;
    if (fresh && result.trigger() == Trigger.EVENT) {
      latencies.add(now - result.eventTime());
    }
  }
}
