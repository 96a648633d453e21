package dev.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.distinctcount.HyperLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import java.util.Arrays;

/**
 * The different values of an input: up to 256 as tokens of their hashes, from which their number is
 * exact; beyond, the registers of a HyperLogLog with a standard error of 1.6 %.
 *
 * <p>A token is the first 26 bits of a hash, and in 6 bits the number of zeros that follow. A
 * register is kept as the smallest token that sets it. So earlier events can drop the tokens that
 * later ones have, and the registers that are no greater: "Sliding HyperLogLog", Chabchoub and
 * Hébrail, 2010.
 */
final class DistinctMeasure implements Measure {

  private static final int MOST_EXACT = 256;
  private static final int PRECISION = 12;

  /** The bits of a token after those that choose the register, without the last 6. */
  private static final int REST = 26 - PRECISION;

  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private final Selection selection;

  /** In ascending order, as unsigned numbers. */
  private int[] tokens = new int[4];

  private int size;
  private boolean isSketch;

  /** The same as a sketch; null until asked for. */
  private HyperLogLog sketch;

  private long estimate = -1;

  DistinctMeasure(Selection selection) {
    this.selection = selection;
  }

  /** Returns the estimated number of different values. */
  long estimate() {
    if (estimate < 0) {
      estimate = isSketch ? Math.round(sketch().getDistinctCountEstimate()) : size;
    }
    return estimate;
  }

  private HyperLogLog sketch() {
    if (sketch == null) {
      sketch = HyperLogLog.create(PRECISION);
      for (int i = 0; i < size; i++) {
        sketch.addToken(tokens[i]);
      }
    }
    return sketch;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    add(HyperLogLog.computeToken(hash(held, slot)));
  }

  private long hash(HeldEvents held, int slot) {
    if (selection.input().isText()) {
      return HASHER.hashBytesToLong(held.text(slot, selection.place()).getBytes(UTF_8));
    }
    int place = slot * held.width() + selection.place();
    long second = Columns.isWide(selection.input()) ? held.numbers()[place + 1] : 0;
    return HASHER.hashLongLongToLong(held.numbers()[place], second);
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void addEarlier(Measure earlier) {
    DistinctMeasure other = (DistinctMeasure) earlier;
    if (other.isSketch) {
      becomeSketch();
    }
    for (int i = 0; i < other.size; i++) {
      add(other.tokens[i]);
    }
  }

  private void add(int token) {
    int added = isSketch ? smallest(token) : token;
    int place = placeOf(added);
    if (has(place, added)) {
      if (!isSketch || rank(tokens[place]) >= rank(added)) {
        return;
      }
      tokens[place] = added;
    } else {
      insert(place, added);
    }
    estimate = -1;
    if (sketch != null) {
      sketch.addToken(added);
    }
    if (!isSketch && size > MOST_EXACT) {
      becomeSketch();
    }
  }

  /** Returns the place of a token, or of the register that it sets, or where it belongs. */
  private int placeOf(int token) {
    int wanted = isSketch ? token >>> (REST + 6) << (REST + 6) : token;
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(tokens[middle], wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean has(int place, int token) {
    return place < size
        && (isSketch ? register(tokens[place]) == register(token) : tokens[place] == token);
  }

  private void insert(int place, int token) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * size);
    }
    System.arraycopy(tokens, place, tokens, place + 1, size - place);
    tokens[place] = token;
    size++;
  }

  private void becomeSketch() {
    if (!isSketch) {
      int[] all = Arrays.copyOf(tokens, size);
      size = 0;
      isSketch = true;
      for (int each : all) {
        add(each);
      }
    }
  }

  private static int register(int token) {
    return token >>> (REST + 6);
  }

  /** Returns the number of zeros after the bits that choose the register. */
  private static int rank(int token) {
    int rest = (token >>> 6) & ((1 << REST) - 1);
    return rest == 0
        ? REST + (token & 0x3F)
        : Integer.numberOfLeadingZeros(rest) - (Integer.SIZE - REST);
  }

  private static int smallest(int token) {
    return token(register(token), rank(token));
  }

  private static int token(int register, int rank) {
    int rest = rank < REST ? 1 << (REST - 1 - rank + 6) : rank - REST;
    return (register << (REST + 6)) | rest;
  }

  @Override
  public boolean yieldTo(Measure later) {
    DistinctMeasure other = (DistinctMeasure) later;
    if (other.isSketch) {
      becomeSketch();
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!other.covers(tokens[i])) {
        tokens[kept++] = tokens[i];
      }
    }
    size = kept;
    sketch = null;
    estimate = -1;
    other.addEarlier(this);
    if (other.isSketch) {
      becomeSketch();
    }
    return size > 0;
  }

  private boolean covers(int token) {
    int place = placeOf(token);
    return has(place, token) && (!isSketch || rank(tokens[place]) >= rank(token));
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    out.number(2L * size + (isSketch ? 1 : 0));
    long before = 0;
    for (int i = 0; i < size; i++) {
      long number = isSketch ? register(tokens[i]) << 6 | rank(tokens[i]) : tokens[i] & 0xFFFFFFFFL;
      out.number(number - before);
      before = number;
    }
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    long header = in.number();
    isSketch = (header & 1) == 1;
    size = (int) (header >>> 1);
    tokens = new int[Math.max(4, size)];
    long number = 0;
    for (int i = 0; i < size; i++) {
      number += in.number();
      tokens[i] = isSketch ? token((int) (number >>> 6), (int) number & 0x3F) : (int) number;
    }
  }

  @Override
  public long sizeBytes() {
    return 96 + 4L * tokens.length + (sketch == null ? 0 : 3_200);
  }
}
