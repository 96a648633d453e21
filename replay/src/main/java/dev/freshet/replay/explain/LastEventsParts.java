package dev.freshet.replay.explain;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.replay.explain.Part.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What events have to do with features of the last of them. */
final class LastEventsParts {

  private final FeatureGroup group;
  private final int size;
  private final long atMillis;
  private final long timeToLiveMillis;

  LastEventsParts(FeatureGroup group, long atMillis, Duration timeToLive) {
    this.group = group;
    this.size = ((Computation.OfLastEvents) group.computation()).window().size();
    this.atMillis = atMillis;
    this.timeToLiveMillis = timeToLive.toMillis();
  }

  /**
   * @param events distinct, oldest first
   */
  List<Part> of(List<Event> events) {
    int happened =
        (int) events.stream().filter(each -> each.occurredAtMillis() <= atMillis).count();
    int remembered = firstRemembered(events.subList(0, happened));
    int held = Math.max(remembered, happened - size);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      parts.add(
          i >= happened
              ? part(Verdict.AHEAD, events.get(i), "")
              : i >= held
                  ? part(Verdict.COUNTS, events.get(i), "")
                  : part(Verdict.EVICTED, events.get(i), evicted(i, remembered)));
    }
    return parts;
  }

  private String evicted(int index, int remembered) {
    return index < remembered
        ? "forgotten: no event came for " + Duration.ofMillis(timeToLiveMillis).toDays() + " days"
        : size + " newer ones";
  }

  /** The index of the first event behind the last gap that is too long. */
  private int firstRemembered(List<Event> events) {
    int first = 0;
    for (int i = 1; i < events.size(); i++) {
      long gap = events.get(i).occurredAtMillis() - events.get(i - 1).occurredAtMillis();
      first = gap > timeToLiveMillis ? i : first;
    }
    return first;
  }

  private Part part(Verdict verdict, Event event, String why) {
    return new Part(verdict, Texts.of(group, event), why);
  }
}
