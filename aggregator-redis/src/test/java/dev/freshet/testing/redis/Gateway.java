package dev.freshet.testing.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway to a local server that decides which data passes. */
abstract class Gateway implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final ServerSocket listening = new ServerSocket(0, 50, here);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final int serverPort;

  /** Decides on the data of a connection. */
  interface Valve {

    /**
     * Returns whether the data goes on; otherwise the connection ends.
     *
     * @param isRequest whether the data is on its way to the server
     */
    boolean passes(boolean isRequest) throws IOException;
  }

  Gateway(int serverPort) throws IOException {
    this.serverPort = serverPort;
  }

  /** Begins to take connections. */
  final void open() {
    threads.execute(this::listen);
  }

  /** Returns what decides on the data of a new connection. */
  abstract Valve valve();

  public final int port() {
    return listening.getLocalPort();
  }

  public final String url() {
    return "redis://127.0.0.1:" + port();
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(here, serverPort);
        sockets.add(client);
        sockets.add(server);
        Valve valve = valve();
        threads.execute(() -> forward(client, server, valve, true));
        threads.execute(() -> forward(server, client, valve, false));
      } catch (IOException e) {
        // closed, or the server cannot be reached
      }
    }
  }

  private static void forward(Socket from, Socket to, Valve valve, boolean isRequest) {
    byte[] chunk = new byte[CHUNK];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        if (valve.passes(isRequest)) {
          out.write(chunk, 0, length);
        }
      }
    } catch (IOException e) {
      // one side has closed
    }
  }

  /** Closes all connections, and takes no more. */
  final void cut() throws IOException {
    listening.close();
    for (Socket each : sockets) {
      each.close();
    }
  }

  @Override
  public final void close() throws IOException {
    cut();
    threads.shutdownNow();
  }
}
