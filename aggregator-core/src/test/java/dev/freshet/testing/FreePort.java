package dev.freshet.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers of tests. */
public final class FreePort {

  /** A Redis server of a cluster hears the others on a port that is this much higher. */
  private static final int BUS = 10_000;

  /** Neither a port nor its bus is one that systems give to outgoing connections, or another's. */
  private static final int FIRST = 11_000;

  private static final int END = FIRST + BUS;

  private FreePort() {}

  /** Returns a port of the loopback address that was free a moment ago. */
  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port) && isFree(port + BUS)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
