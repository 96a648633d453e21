package dev.freshet.local.platform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The points at which a process can be stopped: each request to a server, and each answer. A test
 * chooses one of them; whoever reaches it, and all that come later, wait until the process has
 * ended.
 */
final class Checkpoints {

  private static final int NONE = Integer.MAX_VALUE;

  private final List<String> passed = new ArrayList<>();
  private CompletableFuture<String> held = new CompletableFuture<>();
  private int chosen = NONE;
  private int generation;

  /** Stops no process from now on, and counts points from 0. */
  void count() {
    var unused = choose(NONE);
  }

  /**
   * Stops the process at one point from now on.
   *
   * @param number counts the points from now on, from 0
   * @return the point's name, once the process is there
   */
  synchronized CompletableFuture<String> choose(int number) {
    passed.clear();
    chosen = number;
    held = new CompletableFuture<>();
    generation++;
    notifyAll();
    return held;
  }

  /** The points since counting began. */
  synchronized List<String> passed() {
    return List.copyOf(passed);
  }

  /**
   * Passes a point, or waits there until the process has ended.
   *
   * @throws IOException if the process was stopped here
   */
  synchronized void pass(String name) throws IOException {
    passed.add(name);
    if (passed.size() <= chosen) {
      return;
    }
    held.complete(name);
    int mine = generation;
    try {
      while (mine == generation) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("stopped at " + name);
  }
}
