package dev.freshet.state.redis;

import dev.freshet.definition.Computation;
import dev.freshet.event.Event;
import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.state.TimelineEntry;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The timeline of a key: a Redis hash of its items, and a sorted set of when to look at them. */
final class TimelineStep implements KeyStep {

  /**
   * Events may be dated an hour ahead, clocks differ, and keys are told to live on once an hour;
   * then the last item has departed.
   */
  private static final Duration LONGEST_AHEAD = Duration.ofHours(3);

  /** The field of the header: no item's id is empty. */
  private static final byte[] HEADER = {};

  /** The field of the totals: no item's id has a byte that UTF-8 does not know. */
  private static final byte[] TOTALS = {(byte) 0xFF};

  /** At its end, the header has what only the script needs. */
  private static final int BYTES_OF_NO_INTEREST = 2 * Double.BYTES;

  private final StateKeys keys;
  private final Computation.OfTimeline computation;
  private final Script script;
  private final int bytesOfEvent;
  private final long timeToLiveMillis;

  TimelineStep(StateKeys keys, Computation.OfTimeline computation) {
    this.keys = keys;
    this.computation = computation;
    this.script = TimelineScript.of(computation.timeline());
    this.bytesOfEvent = 1 + Double.BYTES * (1 + computation.timeline().weights());
    this.timeToLiveMillis = computation.timeline().holdMillis() + LONGEST_AHEAD.toMillis();
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public ScriptCall call(long nowMillis) {
    ScriptCall call = new ScriptCall();
    call.argument(new Packed(2 * Double.BYTES).number(nowMillis).number(timeToLiveMillis).bytes());
    return call;
  }

  @Override
  public void turnTo(int partition, int size, ScriptCall call) {
    call.key(keys.index(partition));
    call.argument(Integer.toString(size));
  }

  @Override
  public Answer add(ScriptCall call, int partition, KeyEvents change) {
    call.key(keys.of(partition, change.key(), "items"));
    call.key(keys.of(partition, change.key(), "queue"));
    call.argument(change.key());
    int sent = change.events().size();
    Packed numbers = new Packed(sent * bytesOfEvent);
    call.argument(numbers.bytes());
    call.argument(HEADER);
    call.argument(TOTALS);
    for (Event event : change.events()) {
      TimelineEntry entry = TimelineEntry.of(computation, event);
      numbers.oneByte(entry.stage() + 1).number(event.occurredAtMillis());
      for (long weight : entry.weights()) {
        numbers.number(weight);
      }
      call.argument(entry.item());
    }
    return answer -> read(answer, sent);
  }

  private Totals read(ByteBuffer answer, int sent) {
    long version = (long) answer.getDouble();
    long asOf = (long) answer.getDouble();
    int news = (int) answer.getDouble();
    double happened = answer.getDouble();
    double ahead = answer.getDouble();
    double validUntil = answer.getDouble();
    answer.position(answer.position() + BYTES_OF_NO_INTEREST);
    long[] totals = new long[computation.timeline().intervals().size()];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = (long) answer.getDouble();
    }
    return new Totals(
        version,
        asOf,
        (long) (Double.isInfinite(happened) ? ahead : happened),
        Double.isInfinite(validUntil) ? KeyState.FOREVER : (long) validUntil,
        totals,
        new Tally(news, sent - news, 0));
  }
}
