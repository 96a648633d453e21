package dev.freshet.local.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** A consumer of a stream of JSON documents, from its beginning. */
final class StreamReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private final KinesisClient kinesis;
  private final Map<String, String> iterators = new LinkedHashMap<>();

  StreamReader(KinesisClient kinesis, String stream) {
    this.kinesis = kinesis;
    for (Shard shard : kinesis.listShards(call -> call.streamName(stream)).shards()) {
      iterators.put(shard.shardId(), firstOf(stream, shard.shardId()));
    }
  }

  /** Returns the documents since the last call; in order for records of one partition key. */
  List<JsonNode> drain() throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (String shard : iterators.keySet()) {
      for (Record each : drain(shard)) {
        byte[] data = each.data().asByteArray();
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(data).forEachRemaining(documents::add);
      }
    }
    return documents;
  }

  /**
   * Returns the first new document of a kind.
   *
   * @throws AssertionError if there is none within 60 s; the message quotes the other documents
   */
  JsonNode await(Predicate<JsonNode> kind) throws IOException {
    List<JsonNode> others = new ArrayList<>();
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      for (JsonNode document : drain()) {
        if (kind.test(document)) {
          return document;
        }
        others.add(document);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new AssertionError("not within " + LIMIT + "; instead came " + others);
  }

  private List<Record> drain(String shard) {
    List<Record> records = new ArrayList<>();
    GetRecordsResponse page;
    do {
      page = kinesis.getRecords(call -> call.shardIterator(iterators.get(shard)));
      iterators.put(shard, page.nextShardIterator());
      records.addAll(page.records());
    } while (page.hasRecords() && !page.records().isEmpty());
    return records;
  }

  private String firstOf(String stream, String shardId) {
    return kinesis
        .getShardIterator(
            call -> call.streamName(stream).shardId(shardId).shardIteratorType("TRIM_HORIZON"))
        .shardIterator();
  }
}
