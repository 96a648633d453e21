package dev.freshet.runtime.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Lambda runtime API on a free port of 127.0.0.1: the runtime of one execution environment gets
 * the next event from it, and returns the answer or the error.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  static {
    // Otherwise an event waits 40 ms for the acknowledgement of its own header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String functionArn;
  private final Duration timeout;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Invocation> next = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> begun = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> initialised = new CompletableFuture<>();
  private final CompletableFuture<Void> readyForSnapshot = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();

  private RuntimeApi(String functionArn, Duration timeout, HttpServer server) {
    this.functionArn = functionArn;
    this.timeout = timeout;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param timeout the time left for each invocation when the runtime gets it
   */
  static RuntimeApi start(String functionArn, Duration timeout) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    RuntimeApi api = new RuntimeApi(functionArn, timeout, server);
    server.setExecutor(api.threads);
    server.createContext(INVOCATION + "next", api::next);
    server.createContext(INVOCATION, api::end);
    server.createContext(ROOT + "init/error", api::initError);
    server.createContext(ROOT + "restore/next", api::restore);
    server.createContext(ROOT + "restore/error", api::initError);
    server.start();
    return api;
  }

  /** Returns its address, for {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completes when the runtime first asks for an event, or with the error that prevented it. */
  CompletableFuture<Void> initialised() {
    return initialised;
  }

  /**
   * Completes when the runtime has prepared for a snapshot, or with the error that prevented it.
   */
  CompletableFuture<Void> readyForSnapshot() {
    return readyForSnapshot;
  }

  /** Lets a runtime that is ready for a snapshot continue, as if it were restored. */
  void restore() {
    restored.complete(null);
  }

  /** Delivers an event to the runtime; completes with the function's answer, or with its error. */
  CompletableFuture<byte[]> invoke(byte[] eventJson, String requestId) {
    Invocation invocation = new Invocation(requestId, eventJson, new CompletableFuture<>());
    next.add(invocation);
    return invocation.answer;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void next(HttpExchange exchange) throws IOException {
    initialised.complete(null);
    try (exchange) {
      Invocation invocation = next.take();
      begun.put(invocation.requestId, invocation);
      Headers headers = exchange.getResponseHeaders();
      long deadlineMillis = Clock.systemUTC().millis() + timeout.toMillis();
      headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId);
      headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadlineMillis));
      headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
      headers.set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, invocation.eventJson.length);
      exchange.getResponseBody().write(invocation.eventJson);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code <request id>/response} or {@code <request id>/error}. */
  private void end(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int slash = path.lastIndexOf('/');
    byte[] body = accept(exchange);
    Invocation invocation = begun.remove(path.substring(INVOCATION.length(), slash));
    if (path.substring(slash).equals("/response")) {
      invocation.answer.complete(body);
    } else {
      invocation.answer.completeExceptionally(error(body));
    }
  }

  private void initError(HttpExchange exchange) throws IOException {
    IllegalStateException error = error(accept(exchange));
    readyForSnapshot.completeExceptionally(error);
    initialised.completeExceptionally(error);
  }

  private void restore(HttpExchange exchange) throws IOException {
    readyForSnapshot.complete(null);
    try (exchange) {
      restored.get();
      exchange.sendResponseHeaders(OK, -1);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static byte[] accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(ACCEPTED, -1);
      return body;
    }
  }

  private static IllegalStateException error(byte[] document) {
    return new IllegalStateException(new String(document, StandardCharsets.UTF_8));
  }

  /** An event that waits for its answer; never compared with another. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Invocation(String requestId, byte[] eventJson, CompletableFuture<byte[]> answer) {}
}
