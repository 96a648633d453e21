package dev.freshet.events;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.fold.StateKind.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Explains the part that each event has in a feature of a window over events. */
final class EventsExplanation {

  private final EventsKind kind;
  private final Selection selection;
  private final Moment at;
  private final Function<Occurrence, String> text;

  EventsExplanation(
      EventsKind kind, Selection selection, Moment at, Function<Occurrence, String> text) {
    this.kind = kind;
    this.selection = selection;
    this.at = at;
    this.text = text;
  }

  /**
   * @param events distinct, oldest first
   */
  List<Part> of(List<? extends Occurrence> events) {
    List<? extends Occurrence> seen = events.stream().filter(selection::sees).toList();
    int remembered = firstRemembered(seen);
    int dropped = firstKept(events);
    int newerOnes = seenUntil(at.millis() - selection.delayMillis(), seen) - remembered;
    List<Part> parts = new ArrayList<>();
    int index = 0;
    for (int i = 0; i < events.size(); i++) {
      Occurrence event = events.get(i);
      if (!selection.sees(event)) {
        parts.add(
            part(Verdict.EVICTED, event, selection.whyUnseen(event, kind.filterOf(selection))));
        continue;
      }
      newerOnes -= index >= remembered ? 1 : 0;
      parts.add(
          index < remembered
              ? part(Verdict.EVICTED, event, forgotten())
              : selection.isTimeWindow() && i < dropped
                  ? part(Verdict.EVICTED, event, "more than %d held".formatted(kind.mostEvents()))
                  : judge(event, newerOnes));
      index++;
    }
    return parts;
  }

  private Part judge(Occurrence event, int newerOnes) {
    long time = event.occurredAtMillis();
    if (time + selection.delayMillis() > at.millis()) {
      return part(Verdict.AHEAD, event, "");
    }
    if (selection.hasAge() && time + selection.holdMillis() <= at.millis()) {
      Instant left = Instant.ofEpochMilli(time + selection.holdMillis());
      return part(Verdict.EVICTED, event, "left the window at " + left);
    }
    return !selection.isTimeWindow() && newerOnes >= selection.last()
        ? part(Verdict.EVICTED, event, selection.last() + " newer ones")
        : part(Verdict.COUNTS, event, "");
  }

  private String forgotten() {
    return "forgotten: no event came for "
        + Duration.ofMillis(at.timeToLiveMillis()).toDays()
        + " days";
  }

  private static int seenUntil(long millis, List<? extends Occurrence> events) {
    return (int) events.stream().filter(each -> each.occurredAtMillis() <= millis).count();
  }

  /** Returns the index of the first event after the last gap longer than the time to live. */
  private int firstRemembered(List<? extends Occurrence> events) {
    int first = 0;
    for (int i = 1; i < events.size() && !selection.hasAge(); i++) {
      long time = events.get(i).occurredAtMillis();
      long gap = time - events.get(i - 1).occurredAtMillis();
      first = gap > at.timeToLiveMillis() && time <= at.millis() ? i : first;
    }
    return first;
  }

  /** Returns the index of the first event that was not dropped because there were too many. */
  private int firstKept(List<? extends Occurrence> events) {
    return Math.max(0, seenUntil(at.millis(), events) - kind.mostEvents());
  }

  private Part part(Verdict verdict, Occurrence event, String why) {
    return new Part(verdict, text.apply(event), why);
  }
}
