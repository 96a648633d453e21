package dev.freshet.local.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Tells other programs on this machine, over HTTP as JSON, about a running platform. It changes
 * nothing.
 *
 * <ul>
 *   <li>{@code GET /api/counters}: totals since {@code since}; rates are differences of two answers
 *   <li>{@code GET /api/endpoints}: the addresses of the platform's servers
 * </ul>
 */
public final class LocalApi implements AutoCloseable {

  public static final int PORT = 4570;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

  private final HttpServer server;

  private LocalApi(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port to listen on; 0 for any that is free
   * @throws IllegalStateException if the port is taken
   */
  public static LocalApi start(int port, Platform platform, InstantSource time) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      Instant since = time.instant();
      server.createContext("/", exchange -> answer(exchange, null));
      server.createContext(
          "/api/counters", each -> answer(each, () -> counters(platform, since, time.instant())));
      server.createContext("/api/endpoints", each -> answer(each, () -> endpoints(platform)));
      server.start();
      return new LocalApi(server);
    } catch (BindException e) {
      throw new IllegalStateException(
          "port %d is in use: choose another with --api-port".formatted(port), e);
    } catch (IOException e) {
      throw new IllegalStateException("the API cannot be started: " + e.getMessage(), e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, Supplier<Map<String, Object>> body)
      throws IOException {
    try (exchange) {
      if (!isOfThisMachine(exchange)) {
        send(exchange, 403, Map.of("error", "ask as 127.0.0.1 or localhost"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, Map.of("error", "only GET is answered"));
      } else if (body == null
          || !exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath())) {
        send(exchange, 404, Map.of("error", "there are /api/counters and /api/endpoints"));
      } else {
        send(exchange, 200, body.get());
      }
    } catch (IllegalStateException e) {
      send(exchange, 503, Map.of("error", e.getMessage()));
    }
  }

  /** Refuses names that a page of another site made its browser resolve to this machine. */
  private static boolean isOfThisMachine(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && HOSTS.contains(host.replaceFirst(":\\d+$", ""));
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] json = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }

  private static Map<String, Object> counters(Platform platform, Instant since, Instant now) {
    PlatformCounters counters = platform.counters();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("since", since.toString());
    json.put("at", now.toString());
    json.put("events", counters.events());
    json.put("results", counters.results());
    json.put("deadLetters", counters.deadLetters());
    json.put("judgements", counters.judgements());
    json.put("freshnessMillis", percentiles(counters.freshness()));
    json.put("mappings", platform.invocations());
    json.put("recalculation", platform.stateMachineCounters());
    platform.historyWrites().ifPresent(writes -> json.put("historyWrites", writes));
    return json;
  }

  private static Map<String, Long> percentiles(Histogram latencies) {
    return latencies.getTotalCount() == 0
        ? Map.of()
        : Map.of(
            "p50", latencies.getValueAtPercentile(50), "p99", latencies.getValueAtPercentile(99));
  }

  private static Map<String, Object> endpoints(Platform platform) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kinesis", platform.kinesisEndpoint());
    json.put("featureStore", platform.featureStoreUrl());
    json.put("stateStore", platform.stateStoreUrl());
    platform.historyEndpoint().ifPresent(endpoint -> json.put("history", endpoint));
    return json;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
