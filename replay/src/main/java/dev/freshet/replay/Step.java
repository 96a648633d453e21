package dev.freshet.replay;

import dev.freshet.event.Event;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;

/**
 * What an entity goes through: an event of one of its feature groups, or a question after its
 * features.
 *
 * <p>Written as bytes, steps sort as they are to be replayed: by dimension, entity, instant; of an
 * instant events before questions, but for those that leave them out; events in the order of {@code
 * EventOrder}. Equal events are neighbours.
 */
public sealed interface Step {

  /** The kinds of steps of an instant, in their order. */
  int ASKED_BEFORE = 0;

  int HAPPENED = 1;
  int ASKED = 2;

  /** The index of the dimension in {@link FeatureColumns#dimensions}. */
  int dimension();

  /** The id in the dimension. */
  String entity();

  /** Epoch milliseconds. */
  long atMillis();

  /**
   * An event, as one group sees it.
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
   * A question after the features at an instant.
   *
   * @param before whether it leaves out the events at the instant itself
   * @param row who asks: the number of the row of the spine
   */
  record Asked(int dimension, String entity, long atMillis, boolean before, long row)
      implements Step {}

  private static KeyWriter start(KeyWriter out, Step step, int kind) {
    return out.small(step.dimension()).text(step.entity()).number(step.atMillis()).small(kind);
  }

  /** The step as bytes; see above for their order. */
  static byte[] write(KeyWriter out, Step step) {
    if (step instanceof Happened happened) {
      Event event = happened.event();
      return start(out, step, HAPPENED)
          .text(event.eventId())
          .small(happened.group())
          .small(event.type())
          .text(event.itemId())
          .number(event.valueMicros())
          .take();
    }
    Asked asked = (Asked) step;
    return start(out, step, asked.before() ? ASKED_BEFORE : ASKED).number(asked.row()).take();
  }

  /** Reads what {@link #write} wrote. */
  static Step read(byte[] bytes) {
    KeyReader in = new KeyReader(bytes);
    int dimension = in.small();
    String entity = in.text();
    long at = in.number();
    int kind = in.small();
    if (kind != HAPPENED) {
      return new Asked(dimension, entity, at, kind == ASKED_BEFORE, in.number());
    }
    String eventId = in.text();
    int group = in.small();
    int type = in.small();
    String itemId = in.text();
    return new Happened(
        dimension, group, new Event(eventId, type, at, itemId, entity, in.number()));
  }
}
