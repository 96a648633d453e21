package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Sorts events of one group by entity, then by time, in bounded memory. */
public final class SortedEvents implements Closeable {

  /** Events of one instant stay together, however many they are. */
  private static final int MOST_TOGETHER = 1_000;

  private final FeatureColumns columns;
  private final ExternalSort sort;
  private final KeyWriter out = new KeyWriter();

  /** Receives events of one entity, oldest first; further events of it may follow. */
  @FunctionalInterface
  public interface Receiver {
    void receive(String entity, List<Event> events);
  }

  public SortedEvents(FeatureGroup group, long memoryBytes) {
    this.columns = new FeatureColumns(List.of(group));
    this.sort = new ExternalSort(Path.of(System.getProperty("java.io.tmpdir")), memoryBytes);
  }

  public void add(Event event) throws IOException {
    sort.add(Step.write(out, new Step.Happened(0, 0, event)));
  }

  /** Passes on all events, without those that repeat the one before; call it once. */
  public void forEach(Receiver receiver) throws IOException {
    List<Event> together = new ArrayList<>();
    Event last = null;
    for (Iterator<byte[]> sorted = sort.sorted(); sorted.hasNext(); ) {
      Event event = ((Step.Happened) Step.read(sorted.next(), columns)).event();
      if (last != null && !belongTogether(last, event, together.size())) {
        receiver.receive(last.entity(), List.copyOf(together));
        together.clear();
      }
      if (together.isEmpty() || !repeats(last, event)) {
        together.add(event);
      }
      last = event;
    }
    if (last != null) {
      receiver.receive(last.entity(), List.copyOf(together));
    }
  }

  private static boolean belongTogether(Event last, Event next, int before) {
    return last.entity().equals(next.entity())
        && (before < MOST_TOGETHER || last.occurredAtMillis() == next.occurredAtMillis());
  }

  private static boolean repeats(Event last, Event next) {
    return last.occurredAtMillis() == next.occurredAtMillis()
        && last.eventId().equals(next.eventId());
  }

  @Override
  public void close() throws IOException {
    sort.close();
  }
}
