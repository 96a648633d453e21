package dev.freshet.history;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Explains the part that each event has in a feature over a hopping window or a lifetime. */
final class HistoryExplanation {

  private final HistoryFeatures features;
  private final HistoryFeatures.Seen seen;
  private final long atMillis;
  private final Function<Occurrence, String> text;

  HistoryExplanation(
      HistoryFeatures features,
      HistoryFeatures.Seen seen,
      long atMillis,
      Function<Occurrence, String> text) {
    this.features = features;
    this.seen = seen;
    this.atMillis = atMillis;
    this.text = text;
  }

  List<Part> of(List<? extends Occurrence> events) {
    return events.stream().map(this::judge).toList();
  }

  private Part judge(Occurrence event) {
    long time = event.occurredAtMillis();
    if (!seen.selection().sees(event)) {
      return part(Verdict.EVICTED, event, why(event));
    }
    if (time > seen.span().endMillis(atMillis)) {
      return part(Verdict.AHEAD, event, "");
    }
    if (time <= seen.span().startMillis(atMillis)) {
      Instant left = Instant.ofEpochMilli(seen.span().leavesMillis(time));
      return part(Verdict.EVICTED, event, "left the window at " + left);
    }
    return part(Verdict.COUNTS, event, "");
  }

  private String why(Occurrence event) {
    return seen.selection().whyUnseen(event, features.filterOf(seen.selection()));
  }

  private Part part(Verdict verdict, Occurrence event, String why) {
    return new Part(verdict, text.apply(event), why);
  }
}
