package dev.freshet.events;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.fold.StateKind.Moment;
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
    int dropped = firstKept(events);
    int newerOnes = seenUntil(at.millis() - selection.delayMillis(), seen);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Occurrence event = events.get(i);
      if (!selection.sees(event)) {
        parts.add(
            part(
                Verdict.EVICTED,
                event,
                selection.whyUnseen(event, kind.features().filterOf(selection))));
        continue;
      }
      newerOnes--;
      parts.add(
          selection.isTimeWindow() && i < dropped
              ? part(Verdict.EVICTED, event, "more than %d held".formatted(kind.mostEvents()))
              : judge(event, newerOnes));
    }
    return parts;
  }

  private Part judge(Occurrence event, int newerOnes) {
    long time = event.occurredAtMillis();
    if (time + selection.delayMillis() > at.millis()) {
      return part(Verdict.AHEAD, event, "");
    }
    if (!selection.hasAge() && time < at.rememberedFromMillis()) {
      Instant expired = Instant.ofEpochMilli(at.rememberedFromMillis());
      return part(Verdict.EVICTED, event, "forgotten: the state had expired by " + expired);
    }
    if (selection.hasAge() && time + selection.holdMillis() <= at.millis()) {
      Instant left = Instant.ofEpochMilli(time + selection.holdMillis());
      return part(Verdict.EVICTED, event, "left the window at " + left);
    }
    return !selection.isTimeWindow() && newerOnes >= selection.last()
        ? part(Verdict.EVICTED, event, selection.last() + " newer ones")
        : part(Verdict.COUNTS, event, "");
  }

  private static int seenUntil(long millis, List<? extends Occurrence> events) {
    return (int) events.stream().filter(each -> each.occurredAtMillis() <= millis).count();
  }

  /** Returns the index of the first event that was not dropped because there were too many. */
  private int firstKept(List<? extends Occurrence> events) {
    return Math.max(0, seenUntil(at.millis(), events) - kind.mostEvents());
  }

  private Part part(Verdict verdict, Occurrence event, String why) {
    return new Part(verdict, text.apply(event), why);
  }
}
