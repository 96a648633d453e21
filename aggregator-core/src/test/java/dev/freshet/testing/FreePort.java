package dev.freshet.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers of tests. */
public final class FreePort {

  /** Below those that systems give to outgoing connections, of which a build makes many. */
  private static final int FIRST = 12_000;

  private static final int LAST = 32_000;

  private FreePort() {}

  /** Returns a port of the loopback address that was free a moment ago. */
  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // another program has it
      }
    }
  }
}
