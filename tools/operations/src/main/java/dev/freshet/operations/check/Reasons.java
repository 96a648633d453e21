package dev.freshet.operations.check;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The number of events of each reason, with the place of the first. */
final class Reasons {

  private final Map<String, Reason> reasons = new TreeMap<>();

  private static final class Reason {
    private final EventSource file;
    private final Place place;
    private final String detail;
    private long events;

    Reason(EventSource file, Place place, String detail) {
      this.file = file;
      this.place = place;
      this.detail = detail;
    }
  }

  void add(String name, EventSource file, Place place, String detail) {
    reasons.computeIfAbsent(name, unseen -> new Reason(file, place, detail)).events++;
  }

  long count() {
    return reasons.values().stream().mapToLong(each -> each.events).sum();
  }

  /** Returns a line for each reason. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    reasons.forEach(
        (name, each) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%,d %s, first %s %s: %s",
                    each.events,
                    name,
                    each.file.file(),
                    each.place,
                    each.detail)));
    return lines;
  }

  /** Returns the tree that JSON shows. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    reasons.forEach(
        (name, each) -> {
          Map<String, Object> reason = new LinkedHashMap<>();
          reason.put("events", each.events);
          reason.put("firstFile", each.file.file());
          reason.put("firstPlace", each.place.toString());
          reason.put("detail", each.detail);
          tree.put(name, reason);
        });
    return tree;
  }
}
