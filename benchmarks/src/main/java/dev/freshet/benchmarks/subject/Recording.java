package dev.freshet.benchmarks.subject;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Records what a client sends a Redis, by standing between; sends it once more to another. */
final class Recording implements AutoCloseable {

  private static final byte[] RESP3 = "HELLO 3\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Redis hangs up when it has answered this. */
  private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  Recording(int redisPort) throws IOException {
    start(() -> pass(redisPort));
  }

  /** Returns the address for one client. */
  String url() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** Forgets what was sent before; the client must be idle. */
  void restart() {
    sent.reset();
  }

  /** Returns the commands since, in the protocol of Redis. */
  byte[] commands() {
    return sent.toByteArray();
  }

  /** Sends commands in one pipeline and returns when all are answered; drops the answers. */
  static void replay(byte[] commands, int port) throws IOException {
    try (Socket redis = new Socket(InetAddress.getLoopbackAddress(), port)) {
      start(
          () -> {
            OutputStream out = redis.getOutputStream();
            out.write(RESP3);
            out.write(commands);
            out.write(QUIT);
            return null;
          });
      redis.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private Void pass(int redisPort) throws IOException {
    try (Socket client = listener.accept();
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort)) {
      client.setTcpNoDelay(true);
      redis.setTcpNoDelay(true);
      start(
          () -> {
            redis.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
            return null;
          });
      client.getInputStream().transferTo(recorded(redis.getOutputStream()));
      return null;
    }
  }

  private OutputStream recorded(OutputStream redis) {
    return new FilterOutputStream(redis) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        sent.write(bytes, offset, length);
        out.write(bytes, offset, length);
      }
    };
  }

  /** Starts a thread; when either side has gone, its failure is of no interest. */
  private static void start(Callable<Void> work) {
    Thread thread = new Thread(new FutureTask<>(work), "recording");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
