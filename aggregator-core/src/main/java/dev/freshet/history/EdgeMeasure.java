package dev.freshet.history;

import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import java.util.Arrays;

/**
 * The time and the value of the first or the latest event by ({@code occurredAt}, id).
 *
 * <p>Events are merged in order, and none is added later that is as old. So merged events need no
 * id: they come before all others of their time.
 */
final class EdgeMeasure implements Measure {

  private static final byte[] MERGED = {};

  private final Selection selection;
  private final boolean isLatest;
  private final long[] numbers;
  private boolean isEmpty = true;
  private long time;
  private byte[] id = MERGED;
  private String text;

  EdgeMeasure(Selection selection, boolean isLatest) {
    this.selection = selection;
    this.isLatest = isLatest;
    this.numbers = new long[width(selection)];
  }

  private static int width(Selection selection) {
    if (selection.input() == null || selection.input().isText()) {
      return 0;
    }
    return Columns.isWide(selection.input()) ? 2 : 1;
  }

  long timeMillis() {
    return time;
  }

  double value() {
    return Columns.toDouble(selection.input(), numbers, 0);
  }

  String text() {
    return text;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    if (isBeyond(held.time(slot), held.id(slot))) {
      String its = isText() ? held.text(slot, selection.place()) : null;
      int place = slot * held.width() + selection.place();
      set(held.time(slot), held.id(slot), its, held.numbers(), place);
    }
  }

  @Override
  public boolean isEmpty() {
    return isEmpty;
  }

  @Override
  public void addEarlier(Measure earlier) {
    EdgeMeasure other = (EdgeMeasure) earlier;
    if (!other.isEmpty && isBeyond(other.time, MERGED)) {
      set(other.time, MERGED, other.text, other.numbers, 0);
    }
  }

  private boolean isText() {
    return selection.input() != null && selection.input().isText();
  }

  private boolean isBeyond(long itsTime, byte[] itsId) {
    int order = itsTime == time ? Arrays.compareUnsigned(itsId, id) : Long.compare(itsTime, time);
    return isEmpty || (isLatest ? order > 0 : order < 0);
  }

  private void set(long itsTime, byte[] itsId, String itsText, long[] from, int place) {
    isEmpty = false;
    time = itsTime;
    id = itsId;
    text = itsText;
    System.arraycopy(from, numbers.length == 0 ? 0 : place, numbers, 0, numbers.length);
  }

  @Override
  public boolean yieldTo(Measure later) {
    EdgeMeasure other = (EdgeMeasure) later;
    if (!other.isEmpty) {
      return false;
    }
    other.addEarlier(this);
    return true;
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    out.signed(lastMillis - time);
    for (long each : numbers) {
      out.value(each);
    }
    if (isText()) {
      out.text(text);
    }
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    isEmpty = false;
    time = lastMillis - in.signed();
    Arrays.setAll(numbers, i -> in.value());
    text = isText() ? in.text() : null;
  }

  @Override
  public long sizeBytes() {
    return 96 + (text == null ? 0 : 56L + text.length());
  }
}
