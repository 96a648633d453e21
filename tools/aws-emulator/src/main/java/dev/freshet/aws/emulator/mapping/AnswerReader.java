package dev.freshet.aws.emulator.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * Reads the answer of a function that reports its first failed records. No answer, null, and an
 * empty or missing list mean that all records are done. An item that is not in the batch, or an
 * answer of another form, means that no record is done.
 */
final class AnswerReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AnswerReader() {}

  /** Returns how many records are done: those before the first failed one. */
  static int done(byte[] answer, List<EventRecord> batch) {
    try {
      JsonNode root = MAPPER.readTree(answer);
      return isAbsent(root) ? batch.size() : done(root, batch);
    } catch (IOException notJson) {
      return 0;
    }
  }

  private static int done(JsonNode root, List<EventRecord> batch) {
    JsonNode failures = root.path("batchItemFailures");
    if (root.isObject() && isAbsent(failures)) {
      return batch.size();
    }
    if (!failures.isArray()) {
      return 0;
    }
    List<String> numbers = batch.stream().map(EventRecord::sequenceNumber).toList();
    int first = batch.size();
    for (JsonNode failure : failures) {
      int index = numbers.indexOf(failure.path("itemIdentifier").asText());
      first = Math.min(first, Math.max(0, index));
    }
    return first;
  }

  private static boolean isAbsent(JsonNode node) {
    return node == null || node.isMissingNode() || node.isNull();
  }
}
