package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.util.Arrays;

/**
 * A step of an entity's replay: an event for one of its feature groups, or a question for its
 * features.
 *
 * <p>As bytes, steps sort in the order of replay: by dimension, entity and instant. At one instant
 * come the questions that leave its events out, then events in the order of {@code EventOrder},
 * then other questions. Equal events are neighbours.
 */
sealed interface Step {

  /** The kinds of steps, in the order in which they sort at one instant. */
  int ASKED_BEFORE = 0;

  int HAPPENED = 1;
  int ASKED = 2;

  /** The index of the dimension in {@link FeatureColumns#dimensions}. */
  int dimension();

  /** The entity id. */
  String entity();

  /** Epoch milliseconds. */
  long atMillis();

  /**
   * An event for one group.
   *
   * @param group the index in {@link FeatureColumns.OfDimension#groups}
   */
  record Happened(int dimension, int group, Event event) implements Step {
    @Override
    public String entity() {
      return event.entity();
    }

    @Override
    public long atMillis() {
      return event.occurredAtMillis();
    }
  }

  /**
   * A question for the features at an instant.
   *
   * @param before whether it leaves out the events at the instant itself
   * @param row the number of the row of the spine that asks
   */
  record Asked(int dimension, String entity, long atMillis, boolean before, long row)
      implements Step {}

  private static KeyWriter start(KeyWriter out, Step step, int kind) {
    return out.small(step.dimension()).text(step.entity()).number(step.atMillis()).small(kind);
  }

  /** Writes a step as bytes, whose order is described above. */
  static byte[] write(KeyWriter out, Step step) {
    if (step instanceof Asked asked) {
      return start(out, step, asked.before() ? ASKED_BEFORE : ASKED).number(asked.row()).take();
    }
    Happened happened = (Happened) step;
    Event event = happened.event();
    start(out, step, HAPPENED).text(event.eventId()).small(happened.group()).small(event.type());
    for (long number : event.numbers()) {
      out.compact(number);
    }
    for (String text : event.texts()) {
      out.textOrNull(text);
    }
    return event.filters() == 0 ? out.take() : out.compact(event.filters()).take();
  }

  /** Returns the partition of a step; all steps of an entity are in one. */
  static int partition(byte[] step, int partitions) {
    int hash = step[0];
    for (int i = 1; step[i] != 0 || step[i + 1] != 0; i++) {
      hash = 31 * hash + step[i];
    }
    return (int) (Integer.toUnsignedLong(hash * 0x9E3779B9) * partitions >>> Integer.SIZE);
  }

  /** Reads the instant of a step. */
  static long atMillis(byte[] step) {
    int end = 1;
    while (step[end] != 0 || step[end + 1] != 0) {
      end++;
    }
    return new KeyReader(step, end + 2).number();
  }

  /** Reads the entity of a step. */
  static String entity(byte[] bytes) {
    KeyReader in = new KeyReader(bytes);
    in.small();
    return in.text();
  }

  /** Reads a step that {@link #write} wrote. */
  static Step read(byte[] bytes, FeatureColumns columns) {
    return new Reader(columns).read(bytes);
  }

  /** Reads steps; the entity of one is often that of the one before. */
  final class Reader {

    private final FeatureColumns columns;
    private byte[] key = {};
    private String entity;

    /**
     * @param columns say how many numbers and texts the events of a group have
     */
    Reader(FeatureColumns columns) {
      this.columns = columns;
    }

    /** Reads a step that {@link #write} wrote. */
    Step read(byte[] bytes) {
      KeyReader in = new KeyReader(bytes);
      if (entity != null && in.skip(key)) {
        return read(in, key[0] & 0xFF);
      }
      int dimension = in.small();
      entity = in.text();
      key = Arrays.copyOf(bytes, in.position());
      return read(in, dimension);
    }

    private Step read(KeyReader in, int dimension) {
      long at = in.number();
      int kind = in.small();
      if (kind != HAPPENED) {
        return new Asked(dimension, entity, at, kind == ASKED_BEFORE, in.number());
      }
      String eventId = in.text();
      int group = in.small();
      int type = in.small();
      FeatureGroup of = columns.dimensions().get(dimension).groups().get(group);
      long[] numbers = new long[of.columns().width()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.compact();
      }
      String[] texts = new String[of.columns().texts().size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = in.textOrNull();
      }
      long filters = in.hasMore() ? in.compact() : 0;
      return new Happened(
          dimension, group, new Event(eventId, type, at, entity, numbers, texts, filters));
    }
  }
}
