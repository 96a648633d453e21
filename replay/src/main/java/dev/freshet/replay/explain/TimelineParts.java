package dev.freshet.replay.explain;

import dev.freshet.definition.Computation;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Stage;
import dev.freshet.definition.TotalFeature;
import dev.freshet.event.Event;
import dev.freshet.replay.explain.Part.Verdict;
import dev.freshet.state.TimelineEntry;
import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Interval.End;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What events, or orders, have to do with a feature of a time window. */
final class TimelineParts {

  private final FeatureGroup group;
  private final Computation.OfTimeline computation;
  private final Interval interval;
  private final boolean needsValue;
  private final long atMillis;

  TimelineParts(FeatureGroup group, Feature feature, long atMillis) {
    this.group = group;
    this.computation = (Computation.OfTimeline) group.computation();
    TotalFeature total =
        computation.totals().stream()
            .filter(each -> each.name().equals(feature.name()))
            .findFirst()
            .orElseThrow();
    this.interval = computation.timeline().intervals().get(index(total));
    this.needsValue = !(total instanceof TotalFeature.Count);
    this.atMillis = atMillis;
  }

  /** All totals of one feature are of one interval, if of different weights. */
  private static int index(TotalFeature feature) {
    if (feature instanceof TotalFeature.Count count) {
      return count.index();
    }
    return feature instanceof TotalFeature.Sum sum
        ? sum.units()
        : ((TotalFeature.Average) feature).units();
  }

  /**
   * @param events distinct, oldest first
   */
  List<Part> of(List<Event> events) {
    Map<String, Map<Integer, Event>> items = new LinkedHashMap<>();
    for (Event event : events) {
      TimelineEntry entry = TimelineEntry.of(computation, event);
      items
          .computeIfAbsent(entry.item(), unseen -> new TreeMap<>())
          .putIfAbsent(entry.stage(), event);
    }
    List<Part> parts = new ArrayList<>();
    items.forEach((id, stages) -> parts.add(part(id, stages)));
    return parts;
  }

  private Part part(String id, Map<Integer, Event> stages) {
    String what = computation.itemsAreOrders() ? order(id, stages) : Texts.of(group, event(stages));
    Event start = stages.get(interval.start());
    if (start == null) {
      return new Part(Verdict.EVICTED, what, "no " + name(interval.start()) + " event was seen");
    }
    if (start.occurredAtMillis() > atMillis) {
      return new Part(Verdict.AHEAD, what, "");
    }
    for (End end : interval.ends()) {
      Event ended = stages.get(end.stage());
      if (ended != null && ended.occurredAtMillis() + end.offsetMillis() <= atMillis) {
        return new Part(Verdict.EVICTED, what, why(end, ended));
      }
    }
    return needsValue && !start.hasValue()
        ? new Part(Verdict.EVICTED, what, "it carries no value")
        : new Part(Verdict.COUNTS, what, "");
  }

  private static Event event(Map<Integer, Event> stages) {
    return stages.values().iterator().next();
  }

  private String why(End end, Event ended) {
    long instant = ended.occurredAtMillis() + end.offsetMillis();
    return end.offsetMillis() == 0
        ? name(end.stage()) + " by then"
        : "left the window at " + Texts.time(instant);
  }

  private String order(String id, Map<Integer, Event> stages) {
    StringBuilder text = new StringBuilder("order " + id);
    stages.forEach(
        (stage, event) ->
            text.append(
                "  %s %s (%s)"
                    .formatted(
                        name(stage), Texts.time(event.occurredAtMillis()), event.eventId())));
    return text.toString();
  }

  private String name(int stage) {
    List<Stage> stages = computation.stages();
    return stages.isEmpty() ? "such" : stages.get(stage).name();
  }
}
