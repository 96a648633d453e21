package dev.freshet.cli.command;

import dev.freshet.operations.events.OutgoingEvent;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/** Events that are counted on their way, and end early when the run is to stop. */
final class Counted implements Iterator<OutgoingEvent> {

  private final Iterator<OutgoingEvent> events;
  private final BooleanSupplier ended;
  private long count;

  Counted(Iterator<OutgoingEvent> events, BooleanSupplier ended) {
    this.events = events;
    this.ended = ended;
  }

  @Override
  public boolean hasNext() {
    return !ended.getAsBoolean() && events.hasNext();
  }

  @Override
  public OutgoingEvent next() {
    count++;
    return events.next();
  }

  long count() {
    return count;
  }
}
