package dev.freshet.replay;

import dev.freshet.event.Event;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;

/**
 * What an entity goes through: an event of one of its feature groups, or a question after its
 * features.
 *
 * <p>Written as bytes, steps sort as they are to be replayed: by dimension, entity, instant; of an
 * instant events before questions; events in the order of {@code EventOrder}. Equal events are
 * neighbours.
 */
public sealed interface Step {

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
   * @param row who asks: the number of the row of the spine
   */
  record Asked(int dimension, String entity, long atMillis, long row) implements Step {}

  private static KeyWriter start(KeyWriter out, Step step, int kind) {
    return out.small(step.dimension()).text(step.entity()).number(step.atMillis()).small(kind);
  }

  /** The step as bytes; see above for their order. */
  static byte[] write(KeyWriter out, Step step) {
    if (step instanceof Happened happened) {
      Event event = happened.event();
      return start(out, step, 0)
          .text(event.eventId())
          .small(happened.group())
          .small(event.type())
          .text(event.orderId())
          .number(event.valueMicros())
          .take();
    }
    return start(out, step, 1).number(((Asked) step).row()).take();
  }

  /** Reads what {@link #write} wrote. */
  static Step read(byte[] bytes) {
    KeyReader in = new KeyReader(bytes);
    int dimension = in.small();
    String entity = in.text();
    long at = in.number();
    if (in.small() == 1) {
      return new Asked(dimension, entity, at, in.number());
    }
    String eventId = in.text();
    int group = in.small();
    int type = in.small();
    String orderId = in.text();
    return new Happened(
        dimension, group, new Event(eventId, type, at, orderId, entity, in.number()));
  }
}
