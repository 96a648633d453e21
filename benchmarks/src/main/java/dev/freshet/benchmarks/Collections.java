package dev.freshet.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The garbage collections of this process. */
final class Collections {

  private int count;
  private long pauseMostMillis;
  private long heapAfterMost;

  private Collections() {}

  /** Looks at every collection from now on. */
  static Collections watch() {
    Collections seen = new Collections();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, unused) -> seen.add(notification), null, null);
    }
    return seen;
  }

  synchronized int count() {
    return count;
  }

  synchronized long pauseMostMillis() {
    return pauseMostMillis;
  }

  /** The most bytes that were in use after a collection, code and classes included. */
  synchronized long heapAfterMost() {
    return heapAfterMost;
  }

  private synchronized void add(Notification notification) {
    if (notification.getUserData() instanceof CompositeData data) {
      GcInfo info = GarbageCollectionNotificationInfo.from(data).getGcInfo();
      count++;
      pauseMostMillis = Math.max(pauseMostMillis, info.getDuration());
      long used =
          info.getMemoryUsageAfterGc().values().stream().mapToLong(MemoryUsage::getUsed).sum();
      heapAfterMost = Math.max(heapAfterMost, used);
    }
  }
}
