package dev.freshet.state.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway to a local server that transfers nothing more after a number of requests. The last one
 * may still reach the server; then its answer is lost.
 */
final class FadingGateway implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final ServerSocket listening = new ServerSocket(0, 50, here);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final int serverPort;
  private final int lost;
  private final boolean isAnswerLost;
  private volatile boolean isDead;

  /**
   * @param lost the number of the request that is lost, from 0
   * @param isAnswerLost whether it reaches the server
   */
  FadingGateway(int serverPort, int lost, boolean isAnswerLost) throws IOException {
    this.serverPort = serverPort;
    this.lost = lost;
    this.isAnswerLost = isAnswerLost;
    threads.execute(this::listen);
  }

  String url() {
    return "redis://127.0.0.1:" + listening.getLocalPort();
  }

  /** Returns whether so many requests were made that one was lost. */
  boolean hasFaded() {
    return isDead;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(here, serverPort);
        threads.execute(() -> forward(client, server, true));
        threads.execute(() -> forward(server, client, false));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void forward(Socket from, Socket to, boolean isRequest) {
    byte[] chunk = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        boolean isLost = isRequest && requests.getAndIncrement() == lost;
        boolean passes = !isDead && (!isLost || isAnswerLost);
        isDead |= isLost;
        if (passes) {
          out.write(chunk, 0, length);
        }
      }
    } catch (IOException e) {
      // one side has closed
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
