package dev.freshet.lifecycle;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.lifecycle.Interval.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Explains the part that each event, or item, has in a feature of a timeline. */
final class LifecycleExplanation {

  private final LifecycleKind kind;
  private final Interval interval;
  private final long atMillis;

  LifecycleExplanation(LifecycleKind kind, TotalFeature feature, long atMillis) {
    this.kind = kind;
    this.interval = kind.timeline().intervals().get(feature.total());
    this.atMillis = atMillis;
  }

  /**
   * @param events distinct, oldest first
   */
  List<Part> of(List<? extends Occurrence> events) {
    Map<String, Map<Integer, Occurrence>> items = new LinkedHashMap<>();
    for (Occurrence event : events) {
      items
          .computeIfAbsent(kind.itemOf(event), unseen -> new TreeMap<>())
          .putIfAbsent(kind.stage(event), event);
    }
    List<Part> parts = new ArrayList<>();
    items.forEach((id, stages) -> parts.add(part(id, stages)));
    return parts;
  }

  private Part part(String id, Map<Integer, Occurrence> stages) {
    String what = item(id, stages);
    Occurrence start = stages.get(interval.start());
    if (start == null) {
      return new Part(Verdict.EVICTED, what, "no " + name(interval.start()) + " event was seen");
    }
    if (start.occurredAtMillis() + interval.delayMillis() > atMillis) {
      return new Part(Verdict.AHEAD, what, "");
    }
    for (End end : interval.ends()) {
      Occurrence ended = stages.get(end.stage());
      if (ended != null && ended.occurredAtMillis() + end.offsetMillis() <= atMillis) {
        return new Part(Verdict.EVICTED, what, why(end, ended));
      }
    }
    return new Part(Verdict.COUNTS, what, "");
  }

  private String why(End end, Occurrence ended) {
    long instant = ended.occurredAtMillis() + end.offsetMillis();
    return end.offsetMillis() == 0
        ? name(end.stage()) + " by then"
        : "left the window at " + Instant.ofEpochMilli(instant);
  }

  private String item(String id, Map<Integer, Occurrence> stages) {
    StringBuilder text = new StringBuilder("item " + id);
    stages.forEach(
        (stage, event) ->
            text.append(
                "  %s %s (%s)"
                    .formatted(
                        name(stage),
                        Instant.ofEpochMilli(event.occurredAtMillis()),
                        event.eventId())));
    return text.toString();
  }

  private String name(int stage) {
    return kind.stageNames().get(stage);
  }
}
