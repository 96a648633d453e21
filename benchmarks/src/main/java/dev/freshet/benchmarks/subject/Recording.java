package dev.freshet.benchmarks.subject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Records what a client sends a Redis, by standing between; sends it once more to another. */
final class Recording implements AutoCloseable {

  private static final byte[] RESP3 = "HELLO 3\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Redis hangs up when it has answered this. */
  private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final int redisPort;
  private ByteArrayOutputStream sent = new ByteArrayOutputStream();

  Recording(int redisPort) throws IOException {
    this.redisPort = redisPort;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start("recording", this::accept);
  }

  /** For one client. */
  String url() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** Forgets what was sent before; the client is to be idle. */
  synchronized void restart() {
    sent = new ByteArrayOutputStream();
  }

  /** The commands since, in the protocol of Redis. */
  synchronized byte[] commands() {
    return sent.toByteArray();
  }

  /** Sends commands in one pipeline and returns when all are answered; drops the answers. */
  static void replay(byte[] commands, int port) throws IOException {
    try (Socket redis = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = redis.getOutputStream();
      start(
          "replay",
          () -> {
            out.write(RESP3);
            out.write(commands);
            out.write(QUIT);
          });
      redis.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private void accept() throws IOException {
    try (Socket client = listener.accept();
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
      client.setTcpNoDelay(true);
      redis.setTcpNoDelay(true);
      start("answers", () -> passAnswersOn(redis, client));
      record(client.getInputStream(), redis.getOutputStream());
    }
  }

  private static void passAnswersOn(Socket redis, Socket client) throws IOException {
    redis.getInputStream().transferTo(client.getOutputStream());
    client.shutdownOutput();
  }

  private void record(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
      synchronized (this) {
        sent.write(chunk, 0, length);
      }
      to.write(chunk, 0, length);
    }
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // either side has gone: nothing more to pass on
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }
}
