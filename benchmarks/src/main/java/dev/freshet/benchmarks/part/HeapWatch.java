package dev.freshet.benchmarks.part;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The memory and garbage collections of this process, except those that it asks for. */
final class HeapWatch {

  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private int count;
  private int fullCount;
  private long pauseMostMillis;
  private long heapAfterMost;
  private long heapLiveMost;

  private HeapWatch() {}

  /** Watches every collection from now on. */
  static HeapWatch start() {
    HeapWatch watch = new HeapWatch();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, unused) -> watch.add(notification), null, null);
    }
    return watch;
  }

  /** Collects all garbage; of this collection, only what it left counts. */
  synchronized void collectAll() {
    System.gc();
    long live = HEAP.stream().mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
    heapLiveMost = Math.max(heapLiveMost, live);
    heapAfterMost = Math.max(heapAfterMost, live);
  }

  private synchronized void add(Notification notification) {
    GarbageCollectionNotificationInfo collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    if (collection.getGcCause().equals("System.gc()")) {
      return;
    }
    var after = collection.getGcInfo().getMemoryUsageAfterGc();
    long used = HEAP.stream().mapToLong(pool -> after.get(pool.getName()).getUsed()).sum();
    count++;
    pauseMostMillis = Math.max(pauseMostMillis, collection.getGcInfo().getDuration());
    heapAfterMost = Math.max(heapAfterMost, used);
    if (collection.getGcAction().equals("end of major GC")) {
      fullCount++;
      heapLiveMost = Math.max(heapLiveMost, used);
    }
  }

  /** Returns what was seen so far. */
  synchronized SmallFunction seen(boolean isPaced, double eventsPerSecond) throws IOException {
    return new SmallFunction(
        isPaced,
        eventsPerSecond,
        Runtime.getRuntime().maxMemory(),
        heapAfterMost,
        heapLiveMost,
        residentMost(),
        count,
        fullCount,
        pauseMostMillis);
  }

  /** Returns the peak that the kernel has seen; 0 where it does not tell. */
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
