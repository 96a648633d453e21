package dev.freshet.benchmarks.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.OrderEvents;
import dev.freshet.benchmarks.measure.Collections;
import dev.freshet.benchmarks.measure.Latencies;
import dev.freshet.benchmarks.subject.CountingSink;
import dev.freshet.benchmarks.subject.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    City city = City.ofGoals(Double.parseDouble(arguments[1]), 1);
    long workNanos = Long.parseLong(arguments[2]) * 1_000_000;
    double pace = Double.parseDouble(arguments[3]);
    int atOnce = pace == 0 ? EVENTS_WAITING : Deliveries.BATCH_SIZE;
    Deliveries deliveries = new Deliveries(new OrderEvents(city), SideBySide.STREAMS);
    Collections collections = Collections.watch();
    long events = 0;
    long worked = 0;
    try (Engine engine = Engine.of(arguments[0], SideBySide.GROUPS, new CountingSink())) {
      while (worked < workNanos) {
        List<Delivery> next = deliveries.next(atOnce, Deliveries.BATCH_SIZE);
        long start = System.nanoTime();
        for (Delivery delivery : next) {
          engine.handle(delivery, new Latencies());
          events += delivery.size();
        }
        if (pace > 0) {
          LockSupport.parkNanos(start + (long) (atOnce * 1e9 / pace) - System.nanoTime());
        }
        worked += System.nanoTime() - start;
      }
      collections.collectAll(); // while the engine holds its caches
    }
    System.out.println(
        new ObjectMapper().writeValueAsString(seen(pace > 0, events, worked, collections)));
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

  private static SmallFunction seen(
      boolean isPaced, long events, long worked, Collections collections) throws IOException {
    return new SmallFunction(
        isPaced,
        events * 1e9 / worked,
        Runtime.getRuntime().maxMemory(),
        collections.heapAfterMost(),
        collections.heapLiveMost(),
        residentMost(),
        collections.count(),
        collections.fullCount(),
        collections.pauseMostMillis());
  }

  /** The peak that the kernel has seen; 0 where it does not tell. */
  private static long residentMost() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
            .findFirst()
            .orElse(0)
        : 0;
  }
}
