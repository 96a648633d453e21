package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step of an entity's replay: an event for one of its feature groups, or a question for its
 * features.
 *
 * <p>As bytes, steps sort in the order of replay: by dimension, entity and instant. At one instant
 * come the questions that leave its events out, then events in the order of {@code EventOrder},
 * then other questions. Equal events are neighbours. The steps of one event for several groups of a
 * dimension are written together.
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

  /** Writes a step as bytes, whose order is described above. */
  static byte[] write(KeyWriter out, Step step) {
    if (step instanceof Asked asked) {
      int kind = asked.before() ? ASKED_BEFORE : ASKED;
      start(out, asked.dimension(), asked.entity(), asked.atMillis(), kind);
      return out.number(asked.row()).take();
    }
    Happened happened = (Happened) step;
    begin(out, happened.dimension(), happened.event());
    add(out, happened.group(), happened.event());
    return out.take();
  }

  private static KeyWriter start(
      KeyWriter out, int dimension, String entity, long atMillis, int kind) {
    return out.small(dimension).text(entity).number(atMillis).small(kind);
  }

  /**
   * Begins the bytes of an event for one or more groups of a dimension, which {@link #add} adds.
   */
  static void begin(KeyWriter out, int dimension, Event event) {
    start(out, dimension, event.entity(), event.occurredAtMillis(), HAPPENED).text(event.eventId());
  }

  /** Adds what a group takes from the event; groups come in their order. */
  static void add(KeyWriter out, int group, Event event) {
    out.small(group).small(event.type());
    for (long number : event.numbers()) {
      out.compact(number);
    }
    for (String text : event.texts()) {
      out.textOrNull(text);
    }
    out.compact(event.filters());
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

  /** Reads the only step of its bytes. */
  static Step read(byte[] bytes, FeatureColumns columns) {
    List<Step> steps = new ArrayList<>(1);
    new Reader(columns).read(bytes, steps);
    return steps.get(0);
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

    /** Tells whether a step is of the entity of the step that was read last. */
    boolean isOfSameEntity(byte[] bytes) {
      return entity != null && new KeyReader(bytes).skip(key);
    }

    /** Reads a question, or the steps of an event, one for each group. */
    void read(byte[] bytes, List<Step> steps) {
      KeyReader in = new KeyReader(bytes);
      if (entity == null || !in.skip(key)) {
        in.small();
        entity = in.text();
        key = Arrays.copyOf(bytes, in.position());
      }
      int dimension = key[0] & 0xFF;
      long at = in.number();
      int kind = in.small();
      if (kind != HAPPENED) {
        steps.add(new Asked(dimension, entity, at, kind == ASKED_BEFORE, in.number()));
        return;
      }
      String eventId = in.text();
      while (in.hasMore()) {
        steps.add(event(dimension, at, eventId, in));
      }
    }

    private Happened event(int dimension, long at, String eventId, KeyReader in) {
      int group = in.small();
      int type = in.small();
      FeatureGroup of = columns.dimensions().get(dimension).groups().get(group);
      int width = of.columns().width();
      long[] numbers = width == 0 ? Event.NO_NUMBERS : new long[width];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.compact();
      }
      int texts = of.columns().texts().size();
      String[] read = texts == 0 ? Event.NO_TEXTS : new String[texts];
      for (int i = 0; i < read.length; i++) {
        read[i] = in.textOrNull();
      }
      Event event = new Event(eventId, type, at, entity, numbers, read, in.compact());
      return new Happened(dimension, group, event);
    }
  }
}
