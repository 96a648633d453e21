package dev.freshet.aws.emulator.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls functions for other processes. {@code POST /functions/<name>} with an event returns 200 and
 * the function's answer, or 500 and an error in Lambda's form, {@code {"errorType",
 * "errorMessage"}}.
 */
final class FunctionCallbacks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionCallbacks.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/functions/";
  private static final int STOP_SECONDS = 5;

  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, FunctionInvoker> functions;

  private FunctionCallbacks(HttpServer server, Map<String, FunctionInvoker> functions) {
    this.server = server;
    this.threads = Executors.newCachedThreadPool();
    this.functions = Map.copyOf(functions);
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param functions by name
   */
  static FunctionCallbacks start(Map<String, FunctionInvoker> functions) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
      FunctionCallbacks callbacks = new FunctionCallbacks(server, functions);
      server.setExecutor(callbacks.threads);
      server.createContext(PATH, callbacks::handle);
      server.start();
      return callbacks;
    } catch (IOException e) {
      throw new IllegalStateException("functions cannot be called back: " + e.getMessage(), e);
    }
  }

  /** Returns the address, without the path. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      String name = exchange.getRequestURI().getPath().substring(PATH.length());
      byte[] event = exchange.getRequestBody().readAllBytes();
      if (!functions.containsKey(name)) {
        fail(exchange, "Lambda.ResourceNotFoundException", "Function not found: " + name);
        return;
      }
      send(exchange, 200, functions.get(name).invoke(event, UUID.randomUUID().toString()));
    } catch (FunctionFailedException e) {
      LOG.warn("{}", e.getMessage());
      fail(exchange, e.getCause().getClass().getName(), e.getMessage());
    }
  }

  private static void fail(HttpExchange exchange, String type, String message) throws IOException {
    Map<String, String> error = Map.of("errorType", type, "errorMessage", message);
    send(exchange, 500, JSON.writeValueAsBytes(error));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Accepts no more calls, and waits five seconds for those in progress. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
