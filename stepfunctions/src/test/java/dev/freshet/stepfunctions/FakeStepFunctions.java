package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fake of StartExecution over HTTP, with faults on demand that no real server offers. */
final class FakeStepFunctions implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<String> started = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private String trouble = "";
  private volatile boolean silent;
  private int calls;

  FakeStepFunctions() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Refuses every call for this reason from now on; empty for none. */
  synchronized void refuse(String errorCode) {
    trouble = errorCode;
  }

  /** Answers no call from now on. */
  void beSilent() {
    silent = true;
  }

  synchronized int calls() {
    return calls;
  }

  /** The requests that started an execution. */
  synchronized List<String> started() {
    return List.copyOf(started);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (silent) {
      awaitEnd();
    }
    byte[] body = body(request).getBytes(UTF_8);
    boolean refused = new String(body, UTF_8).contains("__type");
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(refused ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String body(String request) {
    calls++;
    if (!trouble.isEmpty()) {
      return "{\"__type\":\"" + trouble + "\",\"message\":\"refused for the test\"}";
    }
    started.add(request);
    return "{\"executionArn\":\"arn:any\",\"startDate\":1.0}";
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
