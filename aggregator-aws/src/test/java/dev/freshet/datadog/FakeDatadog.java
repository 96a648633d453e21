package dev.freshet.datadog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/** Receives metrics over HTTP like Datadog's intake, and shows the requests received. */
public final class FakeDatadog implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> series = new CopyOnWriteArrayList<>();
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private volatile int status = 202;

  public FakeDatadog() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers with another status from now on. */
  public void answer(int code) {
    status = code;
  }

  /** Returns path and query of each request. */
  public List<String> targets() {
    return List.copyOf(targets);
  }

  /** The names of all series received. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    series.forEach(each -> names.add(each.get("metric").asText()));
    return names;
  }

  /** The tags of all series received. */
  public Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    series.forEach(each -> tags.addAll(tagsOf(each)));
    return tags;
  }

  /** The values received of a series, in order, that have a tag. */
  public List<Double> values(String metric, String tag) {
    List<Double> values = new ArrayList<>();
    for (JsonNode each : series) {
      if (each.get("metric").asText().equals(metric) && tagsOf(each).contains(tag)) {
        values.add(each.get("points").get(0).get(1).asDouble());
      }
    }
    return values;
  }

  /** Returns all bodies received, unchanged. */
  public List<JsonNode> series() {
    return List.copyOf(series);
  }

  private static List<String> tagsOf(JsonNode each) {
    return StreamSupport.stream(each.path("tags").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      targets.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      if (status == 202) {
        JSON.readTree(body).get("series").forEach(series::add);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
