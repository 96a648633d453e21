package dev.freshet.events;

import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Writes and reads events in snapshots.
 *
 * @param width the length of the array of an event's numbers
 * @param texts the number of its texts
 * @param onlyType the type of all events; −1 if each is written with its type
 */
public record EventsCodec(int width, int texts, boolean hasFilters, int onlyType) {

  /** Takes an event that was read; the arrays are used again for the next one. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] id, int type, long time, long[] numbers, String[] texts, long filters);
  }

  /** Returns the codec of events of some types. */
  public static EventsCodec of(Columns columns, BitSet types) {
    int onlyType = types.cardinality() > 1 ? -1 : types.nextSetBit(0);
    return new EventsCodec(columns.width(), columns.texts().size(), columns.hasFilters(), onlyType);
  }

  /** Writes the events in some slots. */
  public void write(SnapshotWriter out, HeldEvents held, int[] slots) {
    out.number(slots.length);
    long before = 0;
    long[] numbers = new long[width];
    String[] itsTexts = new String[texts];
    for (int slot : slots) {
      out.id(held.id(slot)).signed(held.time(slot) - before);
      before = held.time(slot);
      if (onlyType < 0) {
        out.number(held.type(slot));
      }
      System.arraycopy(held.numbers(), slot * width, numbers, 0, width);
      Arrays.setAll(itsTexts, place -> held.text(slot, place));
      out.columns(hasFilters, numbers, itsTexts, held.filters(slot));
    }
  }

  /** Reads the output of {@link #write}. */
  public void read(SnapshotReader in, Sink sink) {
    long time = 0;
    long[] numbers = new long[width];
    String[] itsTexts = new String[texts];
    for (long left = in.number(); left > 0; left--) {
      byte[] id = in.id();
      time += in.signed();
      int type = onlyType < 0 ? (int) in.number() : onlyType;
      long filters = in.columns(hasFilters, numbers, itsTexts);
      sink.accept(id, type, time, numbers, itsTexts, filters);
    }
  }
}
