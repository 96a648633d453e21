package dev.freshet.lastevents;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.fold.StateKind.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Explains the part that each event has in a feature of the last events. */
final class LastEventsExplanation {

  private final int size;
  private final Moment at;
  private final Function<Occurrence, String> text;

  LastEventsExplanation(int size, Moment at, Function<Occurrence, String> text) {
    this.size = size;
    this.at = at;
    this.text = text;
  }

  /**
   * @param events distinct, oldest first
   */
  List<Part> of(List<? extends Occurrence> events) {
    int happened =
        (int) events.stream().filter(each -> each.occurredAtMillis() <= at.millis()).count();
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
        ? "forgotten: no event came for "
            + Duration.ofMillis(at.timeToLiveMillis()).toDays()
            + " days"
        : size + " newer ones";
  }

  /** Returns the index of the first event after the last gap longer than the time to live. */
  private int firstRemembered(List<? extends Occurrence> events) {
    int first = 0;
    for (int i = 1; i < events.size(); i++) {
      long gap = events.get(i).occurredAtMillis() - events.get(i - 1).occurredAtMillis();
      first = gap > at.timeToLiveMillis() ? i : first;
    }
    return first;
  }

  private Part part(Verdict verdict, Occurrence event, String why) {
    return new Part(verdict, text.apply(event), why);
  }
}
