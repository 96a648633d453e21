package dev.freshet.lastevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.transformation.Samples;
import java.util.Arrays;

/**
 * The last events of one entity, oldest first, in parallel arrays.
 *
 * <p>If an id arrives with several times, the newest counts: the state is then the same for every
 * order of arrival, without remembering evicted events.
 */
final class LastEventsState implements KindState {

  private static final double MICROS_PER_UNIT = 1e6;
  private static final int BYTES_OF_EVENT = 72;

  private final LastEventsKind kind;
  private long[] times = new long[8];
  private long[] values = new long[8];
  private byte[][] ids = new byte[8][];
  private int count;

  LastEventsState(LastEventsKind kind) {
    this.kind = kind;
  }

  @Override
  public void advanceTo(long nowMillis) {}

  @Override
  public Outcome fold(Occurrence event) {
    long time = event.occurredAtMillis();
    byte[] id = event.eventId().getBytes(UTF_8);
    int place = placeOf(time, id);
    if (place < count && times[place] == time && Arrays.equals(ids[place], id)) {
      return Outcome.DUPLICATE;
    }
    int twin = indexOf(id);
    if (twin >= place) {
      return Outcome.DUPLICATE; // a newer event with this id counts
    }
    if (twin >= 0) {
      remove(twin);
      place--;
    } else if (count == kind.size()) {
      if (place == 0) {
        return Outcome.LATE;
      }
      remove(0);
      place--;
    }
    insert(place, time, id, event.valueMicros());
    return Outcome.APPLIED;
  }

  /**
   * Returns the number of older events. Searches from the newest, as a new event usually is the
   * newest.
   */
  private int placeOf(long time, byte[] id) {
    int place = count;
    while (place > 0 && isOlder(time, id, place - 1)) {
      place--;
    }
    return place;
  }

  /** Returns whether an event does not come after the one at an index. */
  private boolean isOlder(long time, byte[] id, int index) {
    return time < times[index]
        || (time == times[index] && Arrays.compareUnsigned(id, ids[index]) <= 0);
  }

  private int indexOf(byte[] id) {
    for (int i = count - 1; i >= 0; i--) {
      if (Arrays.equals(ids[i], id)) {
        return i;
      }
    }
    return -1;
  }

  private void insert(int place, long time, byte[] id, long micros) {
    if (count == times.length) {
      int room = Math.min(2 * count, Math.max(kind.size(), count + 1));
      times = Arrays.copyOf(times, room);
      values = Arrays.copyOf(values, room);
      ids = Arrays.copyOf(ids, room);
    }
    shift(place, place + 1, count - place);
    times[place] = time;
    values[place] = micros;
    ids[place] = id;
    count++;
  }

  private void remove(int index) {
    shift(index + 1, index, count - index - 1);
    ids[--count] = null;
  }

  private void shift(int from, int to, int length) {
    System.arraycopy(times, from, times, to, length);
    System.arraycopy(values, from, values, to, length);
    System.arraycopy(ids, from, ids, to, length);
  }

  @Override
  public void features(double[] into, int start) {
    int last = start + kind.width();
    if (count == 0) {
      Arrays.fill(into, start, last, Double.NaN);
      return;
    }
    double[] held = new double[count];
    for (int i = 0; i < count; i++) {
      held[i] = values[i] / MICROS_PER_UNIT;
    }
    Samples samples = Samples.of(held);
    for (int i = start; i < last; i++) {
      into[i] = kind.transformations().get(i - start).apply(samples);
    }
  }

  @Override
  public long nextChangeMillis() {
    return StateKind.FOREVER;
  }

  @Override
  public long newestMillis() {
    return count == 0 ? Long.MIN_VALUE : times[count - 1];
  }

  @Override
  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public void write(SnapshotWriter out) {
    out.number(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      out.id(ids[i]).signed(times[i] - before).micros(values[i]);
      before = times[i];
    }
  }

  void read(SnapshotReader in) {
    int stored = (int) in.number();
    long before = 0;
    for (int i = 0; i < stored; i++) {
      byte[] id = in.id();
      before += in.signed();
      insert(count, before, id, in.micros());
    }
  }

  @Override
  public long sizeBytes() {
    return 64L + (long) BYTES_OF_EVENT * ids.length;
  }
}
