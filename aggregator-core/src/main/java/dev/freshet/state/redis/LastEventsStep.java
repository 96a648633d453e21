package dev.freshet.state.redis;

import dev.freshet.event.Event;
import dev.freshet.redis.Script;
import dev.freshet.state.EventOrder;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Tally;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last events of a key: a ring of their values, and a list of their ids and times. */
final class LastEventsStep implements KeyStep {

  private final StateKeys keys;
  private final Script script =
      new Script(
          Script.read(LastEventsStep.class, "clock.lua")
              + Script.read(LastEventsStep.class, "last_events.lua"));
  private final int size;
  private final String timeToLiveMillis;

  LastEventsStep(StateKeys keys, int size, Duration timeToLive) {
    this.keys = keys;
    this.size = size;
    this.timeToLiveMillis = Long.toString(timeToLive.toMillis());
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public ScriptCall call(long nowMillis) {
    ScriptCall call = new ScriptCall();
    call.argument(Integer.toString(size));
    call.argument(timeToLiveMillis);
    return call;
  }

  /** Last events have nothing that is the partition's. */
  @Override
  public void turnTo(int partition, int size, ScriptCall call) {}

  @Override
  public Answer add(ScriptCall call, int partition, KeyEvents change) {
    List<Event> events = oldestFirst(change.events());
    int duplicates = change.events().size() - events.size();
    int late = Math.max(0, events.size() - size);
    List<Event> newest = events.subList(late, events.size());
    call.key(keys.of(partition, change.key(), "ring"));
    call.key(keys.of(partition, change.key(), "ids"));
    call.argument(PackedEvents.of(newest));
    return answer -> read(answer, newest.size(), duplicates, late);
  }

  private static List<Event> oldestFirst(List<Event> events) {
    if (events.size() == 1) {
      return events;
    }
    Map<String, Event> byId = new HashMap<>();
    for (Event event : events) {
      byId.merge(event.eventId(), event, LastEventsStep::latest);
    }
    List<Event> ordered = new ArrayList<>(byId.values());
    ordered.sort(EventOrder.OLDEST_FIRST);
    return ordered;
  }

  private static Event latest(Event first, Event second) {
    return second.occurredAtMillis() > first.occurredAtMillis() ? second : first;
  }

  private static LastValues read(ByteBuffer answer, int sent, int duplicates, int late) {
    long version = (long) answer.getDouble();
    long newestMillis = (long) answer.getDouble();
    long[] valueMicros = new long[answer.getShort()];
    int oldest = answer.getShort();
    int known = answer.getShort();
    int older = answer.getShort();
    for (int i = 0; i < valueMicros.length; i++) {
      valueMicros[Math.floorMod(i - oldest, valueMicros.length)] = answer.getLong();
    }
    Tally tally = new Tally(sent - known - older, duplicates + known, late + older);
    return new LastValues(version, newestMillis, valueMicros, tally);
  }
}
