package dev.freshet.aws.emulator.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the answer of a function that reports its first failed records. Nothing, null, and an empty
 * or missing list mean that all is done; an item that is not of this batch, or that cannot be
 * understood, means that nothing is.
 */
final class AnswerReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Outcome NOTHING_DONE = new Outcome.Failed(false);

  private AnswerReader() {}

  static Outcome read(byte[] answer, List<EventRecord> batch) {
    try {
      JsonNode root = MAPPER.readTree(answer);
      boolean absent = root == null || root.isMissingNode() || root.isNull();
      return absent ? new Outcome.Succeeded() : outcome(root, batch);
    } catch (IOException notJson) {
      return NOTHING_DONE;
    }
  }

  private static Outcome outcome(JsonNode root, List<EventRecord> batch) {
    JsonNode failures = root.path("batchItemFailures");
    if (root.isObject() && (failures.isMissingNode() || failures.isNull())) {
      return new Outcome.Succeeded();
    }
    if (!failures.isArray()) {
      return NOTHING_DONE;
    }
    return failures.isEmpty() ? new Outcome.Succeeded() : lowest(failures, batch);
  }

  private static Outcome lowest(JsonNode failures, List<EventRecord> batch) {
    Map<String, Integer> indexes = indexes(batch);
    int first = batch.size();
    for (JsonNode failure : failures) {
      Integer index = indexes.get(failure.path("itemIdentifier").asText());
      if (index == null) {
        return NOTHING_DONE;
      }
      first = Math.min(first, index);
    }
    return first == 0 ? NOTHING_DONE : new Outcome.FailedFrom(first);
  }

  private static Map<String, Integer> indexes(List<EventRecord> batch) {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      indexes.put(batch.get(i).sequenceNumber(), i);
    }
    return indexes;
  }
}
