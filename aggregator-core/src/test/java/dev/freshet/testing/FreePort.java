package dev.freshet.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers of tests. */
public final class FreePort {

  /** A Redis server of a cluster hears the others on a port that is this much higher. */
  private static final int BUS = 10_000;

  /** Neither a port nor its bus is one that systems give to outgoing connections, or another's. */
  private static final int FIRST = 11_000;

  /** Processes that run beside each other take ports from slices of their own, mostly. */
  private static final int SLICES = 20;

  private static final int SLICE = BUS / SLICES;

  /** Found lately: whoever asked may not listen there yet. */
  private static final Deque<Integer> RECENT = new ArrayDeque<>();

  private static final int MOST_RECENT = 100;

  private FreePort() {}

  /**
   * Returns a port of the loopback address that was free a moment ago, and was not found lately.
   */
  public static synchronized int find() {
    int first = FIRST + (int) (ProcessHandle.current().pid() % SLICES) * SLICE;
    while (true) {
      int port = first + ThreadLocalRandom.current().nextInt(SLICE);
      if (!RECENT.contains(port) && isFree(port) && isFree(port + BUS)) {
        RECENT.add(port);
        if (RECENT.size() > MOST_RECENT) {
          RECENT.remove();
        }
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
