package dev.freshet.operations.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that Lambda gave up, from its document for the on-failure destination.
 *
 * @param stream the whole name of the stream
 * @param first the sequence number of the first record
 * @param last the sequence number of the last one
 * @param size the number of records
 * @param at when Lambda gave them up
 */
record DiscardedBatch(
    String stream, String shardId, BigInteger first, BigInteger last, int size, Instant at) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads documents, one after another: Lambda's own, messages of SQS with such a {@code Body}, or
   * the output of {@code aws sqs receive-message}.
   *
   * @throws IOException if one is none of these; the message says which
   */
  static List<DiscardedBatch> readAll(InputStream in) throws IOException {
    List<DiscardedBatch> batches = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = JSON.readerFor(JsonNode.class).readValues(in)) {
      for (int number = 1; documents.hasNextValue(); number++) {
        add(batches, documents.nextValue(), number);
      }
    } catch (JsonProcessingException e) {
      throw new IOException("not JSON: " + e.getOriginalMessage(), e);
    }
    return batches;
  }

  private static void add(List<DiscardedBatch> batches, JsonNode json, int number)
      throws IOException {
    if (json.path("Messages").isArray()) {
      for (JsonNode message : json.get("Messages")) {
        add(batches, message, number);
      }
    } else if (json.path("Body").isTextual()) {
      add(batches, JSON.readTree(json.get("Body").asText()), number);
    } else {
      batches.add(of(json, number));
    }
  }

  private static DiscardedBatch of(JsonNode json, int number) throws IOException {
    JsonNode batch = json.path("KinesisBatchInfo");
    try {
      String[] arn = required(batch, "streamArn").split(":stream/", 2);
      return new DiscardedBatch(
          arn[1],
          required(batch, "shardId"),
          new BigInteger(required(batch, "startSequenceNumber")),
          new BigInteger(required(batch, "endSequenceNumber")),
          batch.path("batchSize").asInt(),
          Instant.parse(required(json, "timestamp")));
    } catch (RuntimeException e) {
      throw new IOException(
          "document %d is not about a discarded batch of Kinesis".formatted(number), e);
    }
  }

  private static String required(JsonNode json, String name) {
    return json.required(name).asText();
  }

  /** Returns one line for the list. */
  String line() {
    String line =
        "%s  %s %s  %s to %s  %d records".formatted(at, stream, shardId, first, last, size);
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
