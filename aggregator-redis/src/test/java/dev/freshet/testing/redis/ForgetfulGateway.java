package dev.freshet.testing.redis;

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
 * A gateway to a local server that can drop its connections like one with an idle timeout: they
 * stay open but transfer nothing. New connections work.
 */
public final class ForgetfulGateway implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final ServerSocket listening = new ServerSocket(0, 50, here);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger forgotten = new AtomicInteger();
  private final int serverPort;

  public ForgetfulGateway(int serverPort) throws IOException {
    this.serverPort = serverPort;
    threads.execute(this::listen);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Drops all data of existing connections from now on. */
  public void forget() {
    forgotten.incrementAndGet();
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(here, serverPort);
        int born = forgotten.get();
        threads.execute(() -> forward(client, server, born));
        threads.execute(() -> forward(server, client, born));
      } catch (IOException e) {
        // closed, or the server cannot be reached
      }
    }
  }

  private void forward(Socket from, Socket to, int born) {
    byte[] chunk = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        if (born == forgotten.get()) {
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
