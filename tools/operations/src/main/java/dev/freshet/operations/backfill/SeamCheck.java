package dev.freshet.operations.backfill;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.StateKind;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.result.DecimalText;
import dev.freshet.state.EntityState;
import dev.freshet.state.EventOrder;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.Past;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the state of some entities after a backfill with a replay over the events of the files
 * and of the streams together.
 */
final class SeamCheck {

  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

  private final FeatureGroup group;
  private final Map<String, Map<String, Event>> events = new LinkedHashMap<>();
  private final Map<String, Past> pasts = new HashMap<>();

  SeamCheck(FeatureGroup group) {
    this.group = group;
  }

  /** Adds an entity with its events from files. */
  void addEvents(String entity, List<Event> ofFiles) {
    Map<String, Event> byId = events.computeIfAbsent(entity, unseen -> new HashMap<>());
    ofFiles.forEach(each -> byId.put(each.eventId(), each));
  }

  /** Adds an entity whose history was computed elsewhere: what follows the seam is compared. */
  void addPast(String entity, Past past) {
    addEvents(entity, List.of());
    pasts.put(entity, past);
  }

  Collection<String> entities() {
    return events.keySet();
  }

  /** Takes an event of a stream; leaves it out if it was late, as its function did. */
  void see(Event event, long arrivedMillis) {
    Map<String, Event> ofEntity = events.get(event.entity());
    if (ofEntity != null && !isLate(event, arrivedMillis)) {
      ofEntity.putIfAbsent(event.eventId(), event);
    }
  }

  private boolean isLate(Event event, long arrivedMillis) {
    return group.kinds().stream()
        .filter(StateKind::isArchived)
        .allMatch(
            kind ->
                kind.isLate(event.occurredAtMillis(), arrivedMillis, NOTHING_EXPIRES.toMillis()));
  }

  /** Returns a line for each feature of an entity that a replay does not confirm. */
  List<String> differences(String entity, KeyState live) {
    FeatureValues replayed = replay(entity, live.asOfMillis());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < group.features().size(); i++) {
      Feature feature = group.features().get(i);
      String is = text(live.features(), i);
      String expected = text(replayed, i);
      if (isOfHistory(feature) && !is.equals(expected)) {
        differences.add(
            "%s %s: %s is %s, a replay says %s"
                .formatted(
                    group.dimension().name(),
                    entity,
                    FeatureColumns.name(group, feature),
                    is,
                    expected));
      }
    }
    return differences;
  }

  private boolean isOfHistory(Feature feature) {
    return group.origins(feature).stream().allMatch(origin -> origin.kind().isArchived());
  }

  private FeatureValues replay(String entity, long atMillis) {
    Past past = pasts.get(entity);
    long after = past == null ? Long.MIN_VALUE : past.seamMillis();
    EntityState state = EntityState.empty(group, Math.max(0, after));
    if (past != null) {
      past.installIn(state);
    }
    events.get(entity).values().stream()
        .filter(each -> each.occurredAtMillis() > after && each.occurredAtMillis() <= atMillis)
        .sorted(EventOrder.OLDEST_FIRST)
        .forEach(each -> fold(state, each));
    state.advanceTo(atMillis);
    return state.toKeyState(0, Tally.NONE, KeyState.Place.NONE).features();
  }

  private void fold(EntityState state, Event event) {
    long at = event.occurredAtMillis();
    state.advanceTo(at);
    var unused = state.fold(event, group.kindsFor(event, at, NOTHING_EXPIRES));
  }

  private static String text(FeatureValues values, int index) {
    if (!values.isPresent(index)) {
      return "absent";
    }
    String text = values.text(index);
    return text == null ? DecimalText.of(values.number(index)) : text;
  }
}
