package dev.freshet.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A fake of PutRecords over HTTP that refuses records on demand, as no real server does. */
final class FakeKinesis implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> accepted = new ArrayList<>();
  private Predicate<String> refused = partitionKey -> false;
  private String trouble = "";

  FakeKinesis() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void refuse(Predicate<String> partitionKeys) {
    refused = partitionKeys;
  }

  /** Refuses whole calls for this reason from now on; empty for none. */
  synchronized void refuseCalls(String errorCode) {
    trouble = errorCode;
  }

  /** Returns the records put into a stream since the last call. */
  synchronized List<JsonNode> drain(String stream) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (JsonNode put : accepted) {
      if (put.get("stream").asText().equals(stream)) {
        byte[] data = put.get("Data").binaryValue();
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(data).forEachRemaining(records::add);
      }
    }
    accepted.removeIf(put -> put.get("stream").asText().equals(stream));
    return records;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    if (!trouble.isEmpty()) {
      send(exchange, 400, JSON.createObjectNode().put("__type", trouble));
      return;
    }
    ObjectNode response = JSON.createObjectNode();
    ArrayNode results = response.putArray("Records");
    int failed = 0;
    for (JsonNode record : request.get("Records")) {
      if (refused.test(record.get("PartitionKey").asText())) {
        failed++;
        results.addObject().put("ErrorCode", "ProvisionedThroughputExceededException");
      } else {
        results.addObject().put("SequenceNumber", "1").put("ShardId", "shardId-000000000000");
        accepted.add(((ObjectNode) record).put("stream", request.get("StreamName").asText()));
      }
    }
    send(exchange, 200, response.put("FailedRecordCount", failed));
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
