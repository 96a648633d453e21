package dev.freshet.operations.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server's stand-in that dies at a request: before the server has it, or before its answer. */
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final int lastRequest;
  private final boolean isSent;
  private final List<Socket> open = new ArrayList<>();
  private int requests;
  private boolean isCut;

  /**
   * @param lastRequest how many requests pass before the one at which it dies
   * @param isSent whether the server has that request
   */
  public CuttingProxy(int target, int lastRequest, boolean isSent) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.lastRequest = lastRequest;
    this.isSent = isSent;
    start(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  public synchronized boolean isCut() {
    return isCut;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        synchronized (this) {
          open.add(client);
          open.add(server);
        }
        start(() -> copy(client, server, true));
        start(() -> copy(server, client, false));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void copy(Socket from, Socket to, boolean isRequest) {
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        boolean isCut = isRequest ? isLast() : isCut();
        if (isCut && !(isRequest && isSent)) {
          close(); // if the request was sent, with its answer
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private synchronized boolean isLast() {
    isCut |= requests++ == lastRequest;
    return isCut;
  }

  @Override
  public synchronized void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
