package dev.freshet.benchmarks.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.benchmarks.measure.Workload;
import dev.freshet.benchmarks.subject.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** The process that {@link SmallFunction} starts; prints what it has seen as JSON. */
public final class SmallFunctionProcess {

  /** Few, for they wait on the heap that is looked at. */
  private static final int EVENTS_WAITING = 5_000;

  private SmallFunctionProcess() {}

  /**
   * Works, then prints.
   *
   * @param arguments URL of the state store, simulated orders a second, milliseconds of work,
   *     events a second that it is given; 0 for as many as it takes
   */
  public static void main(String[] arguments) throws IOException {
    endWithTheProcessThatStartedThis();
    var city = Workbench.cityOfGoals(Double.parseDouble(arguments[1]), 1);
    long workNanos = Long.parseLong(arguments[2]) * 1_000_000;
    double pace = Double.parseDouble(arguments[3]);
    int atOnce = pace == 0 ? EVENTS_WAITING : Workload.BATCH_SIZE;
    Workload workload = new Workload(city, Workbench.STREAMS, atOnce);
    HeapWatch watch = HeapWatch.start();
    long events = 0;
    long worked = 0;
    try (Engine engine = Engine.of(arguments[0], Workbench.GROUPS, Workbench.NOWHERE)) {
      for (; worked < workNanos; events += atOnce) {
        var deliveries = workload.next(atOnce, Workload.BATCH_SIZE);
        long start = System.nanoTime();
        deliveries.forEach(delivery -> engine.handle(delivery, nanos -> {}));
        if (pace > 0) {
          LockSupport.parkNanos(start + (long) (atOnce * 1e9 / pace) - System.nanoTime());
        }
        worked += System.nanoTime() - start;
      }
      watch.collectAll(); // while the engine holds its caches
    }
    SmallFunction seen = watch.seen(pace > 0, events * 1e9 / worked);
    System.out.println(new ObjectMapper().writeValueAsString(seen));
  }

  /** Standard input is a pipe from that process: it ends when that process does. */
  private static void endWithTheProcessThatStartedThis() {
    Thread watcher = new Thread(SmallFunctionProcess::haltAtEndOfInput, "end of input");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void haltAtEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // as good as the end of it
    }
    Runtime.getRuntime().halt(1);
  }
}
