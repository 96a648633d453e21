package dev.freshet.quality.audit;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.event.Event;
import dev.freshet.fold.Part;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateKind.Moment;
import dev.freshet.quality.audit.Recomputation.Use;
import java.util.List;

/** Tells of which features of a group all events could be read that they may see. */
record Comparability(FeatureGroup group, Horizon horizon) {

  /** Returns for each feature whether its value can be compared. */
  boolean[] of(Served served, List<Use> uses) {
    List<Feature> features = group.features();
    boolean[] comparable = new boolean[features.size()];
    boolean isRead = served.eventTimeMillis() <= horizon.untilMillis();
    for (int i = 0; i < comparable.length; i++) {
      comparable[i] =
          isRead
              && group.origins(features.get(i)).stream()
                  .allMatch(origin -> isRead(origin, served.computedAtMillis(), uses));
    }
    return comparable;
  }

  private boolean isRead(Origin origin, long atMillis, List<Use> uses) {
    StateKind kind = origin.kind();
    long from = kind.isArchived() ? horizon.archivedFromMillis() : horizon.fromMillis();
    if (from == Horizon.EVERYTHING) {
      return true;
    }
    long age = kind.seenMillis(origin.index());
    if (age != StateKind.FOREVER && atMillis - age >= from) {
      return true;
    }
    int most = kind.seenEvents(origin.index());
    return most > 0 && seen(origin, atMillis, from, uses) >= most;
  }

  /** Counts the events that a feature sees, of those of which all could be read. */
  private static long seen(Origin origin, long atMillis, long fromMillis, List<Use> uses) {
    List<Event> events =
        uses.stream()
            .map(each -> each.event().event())
            .filter(each -> each.occurredAtMillis() >= fromMillis && origin.kind().takes(each))
            .toList();
    return origin
        .kind()
        .explain(origin.index(), events, new Moment(atMillis, fromMillis), event -> "")
        .stream()
        .filter(part -> part.verdict() == Part.Verdict.COUNTS)
        .count();
  }
}
