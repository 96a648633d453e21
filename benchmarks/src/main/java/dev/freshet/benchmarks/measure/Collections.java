package dev.freshet.benchmarks.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The garbage collections of this process, except those that it asks for. */
public final class Collections {

  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private int count;
  private int fullCount;
  private long pauseMostMillis;
  private long heapAfterMost;
  private long heapLiveMost;

  private Collections() {}

  /** Looks at every collection from now on. */
  public static Collections watch() {
    Collections seen = new Collections();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, unused) -> seen.add(notification), null, null);
    }
    return seen;
  }

  /** Collects all garbage; of this collection, only what it left counts. */
  public synchronized void collectAll() {
    System.gc();
    long live = HEAP.stream().mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
    heapLiveMost = Math.max(heapLiveMost, live);
    heapAfterMost = Math.max(heapAfterMost, live);
  }

  public synchronized int count() {
    return count;
  }

  public synchronized int fullCount() {
    return fullCount;
  }

  public synchronized long pauseMostMillis() {
    return pauseMostMillis;
  }

  /** The most bytes of the heap that were in use after any collection. */
  public synchronized long heapAfterMost() {
    return heapAfterMost;
  }

  /** The most bytes of the heap that were in use after a full collection. */
  public synchronized long heapLiveMost() {
    return heapLiveMost;
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
}
