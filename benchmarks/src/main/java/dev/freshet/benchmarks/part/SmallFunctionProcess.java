package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.subject.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The process that {@link SmallFunction} starts; prints what it has seen. */
public final class SmallFunctionProcess {

  /** Few, for they wait on the heap that is watched. */
  private static final int EVENTS_WAITING = 5_000;

  /** Begins the line of what was seen: events a second, bytes of heap, bytes resident at most. */
  static final String SEEN = "seen: ";

  private SmallFunctionProcess() {}

  /**
   * Works, then prints.
   *
   * @param arguments URL of the state store, simulated orders a second, milliseconds of work,
   *     events a second that it is given; 0 for as many as it takes
   */
  public static void main(String[] arguments) throws IOException {
    var city = Workbench.cityOfGoals(Double.parseDouble(arguments[1]), 1);
    long workNanos = Long.parseLong(arguments[2]) * 1_000_000;
    double pace = Double.parseDouble(arguments[3]);
    int atOnce = pace == 0 ? EVENTS_WAITING : OrderLoad.BATCH_SIZE;
    OrderLoad load = new OrderLoad(city, Workbench.STREAMS, atOnce);
    long events = 0;
    long worked = 0;
    try (Engine engine = Engine.of(arguments[0], Workbench.GROUPS, Workbench.NOWHERE)) {
      for (; worked < workNanos; events += atOnce) {
        var deliveries = load.next(atOnce, OrderLoad.BATCH_SIZE);
        long start = System.nanoTime();
        deliveries.forEach(delivery -> engine.handle(delivery, nanos -> {}));
        if (pace > 0) {
          LockSupport.parkNanos(start + (long) (atOnce * 1e9 / pace) - System.nanoTime());
        }
        worked += System.nanoTime() - start;
      }
      System.gc(); // while the engine holds its caches
    }
    double eventsPerSecond = events * 1e9 / worked;
    long heapMost = Runtime.getRuntime().maxMemory();
    System.out.println(SEEN + eventsPerSecond + " " + heapMost + " " + residentMost());
  }

  /** Returns the peak that the kernel has seen; 0 where it does not tell. */
  private static long residentMost() throws IOException {
    Path status = Path.of("/proc/self/status");
    List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
        .sum();
  }
}
