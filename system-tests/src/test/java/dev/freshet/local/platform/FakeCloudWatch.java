package dev.freshet.local.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORGenerator;

/** {@code GetMetricData} over HTTP, in the protocol that the client of AWS speaks: RPC v2 CBOR. */
final class FakeCloudWatch implements AutoCloseable {

  private static final String OPERATION = "/operation/GetMetricData";
  private static final CBORFactory CBOR = new CBORFactory();

  private final Map<String, Double> values;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  /**
   * @param values by the metric and the value of its dimension, such as {@code Errors store-orders}
   */
  FakeCloudWatch(Map<String, Double> values) throws IOException {
    this.values = values;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the metrics that were asked for. */
  Set<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
      exchange.getResponseHeaders().set("Content-Type", "application/cbor");
      boolean isKnown = exchange.getRequestURI().getPath().endsWith(OPERATION);
      byte[] answer = isKnown ? results(request) : new byte[] {(byte) 0xa0};
      exchange.sendResponseHeaders(isKnown ? 200 : 400, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] results(byte[] request) throws IOException {
    Map<String, String> queries = queries(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator cbor = CBOR.createGenerator(bytes)) {
      cbor.writeStartObject();
      cbor.writeArrayFieldStart("MetricDataResults");
      for (Map.Entry<String, String> query : queries.entrySet()) {
        asked.add(query.getValue());
        cbor.writeStartObject();
        cbor.writeStringField("Id", query.getKey());
        cbor.writeStringField("StatusCode", "Complete");
        cbor.writeArrayFieldStart("Values");
        if (values.containsKey(query.getValue())) {
          cbor.writeNumber(values.get(query.getValue()));
        }
        cbor.writeEndArray();
        cbor.writeEndObject();
      }
      cbor.writeEndArray();
      cbor.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Returns the metrics that a request asks for, by their ids. */
  private static Map<String, String> queries(byte[] request) throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    try (JsonParser cbor = CBOR.createParser(request)) {
      cbor.nextToken();
      Map<?, ?> call = (Map<?, ?>) value(cbor);
      for (Object each : (List<?>) call.get("MetricDataQueries")) {
        Map<?, ?> metric = (Map<?, ?>) member(member(each, "MetricStat"), "Metric");
        Object dimension = ((List<?>) metric.get("Dimensions")).get(0);
        queries.put(
            (String) member(each, "Id"),
            metric.get("MetricName") + " " + member(dimension, "Value"));
      }
    }
    return queries;
  }

  private static Object member(Object map, String name) {
    return ((Map<?, ?>) map).get(name);
  }

  private static Object value(JsonParser cbor) throws IOException {
    if (cbor.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (cbor.nextToken() != JsonToken.END_OBJECT) {
        String name = cbor.currentName();
        cbor.nextToken();
        map.put(name, value(cbor));
      }
      return map;
    }
    if (cbor.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (cbor.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(cbor));
      }
      return list;
    }
    return cbor.getText();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
