package dev.freshet.history;

import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateKind.Moment;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests what people read about the events of a window that moves in hops. */
class HistoryExplanationTest {

  private static final Input X = Input.decimal("x");

  private static final FeatureGroup GROUP =
      FeatureGroup.named("explained")
          .dimension(TestGroups.AREA)
          .reads(TestGroups.ITEM_CREATED)
          .lateness(Duration.ofHours(2))
          .over(days(2).every(Duration.ofDays(1)), sum("x").of(X).where(Filter.is("kind", "a")))
          .over(lifetime().delayedBy(minutes(5)), sum("x").of(X))
          .build();

  private static final List<Event> EVENTS =
      Stream.of(
              event("old", NOON - 2 * DAY - 12 * HOUR, 1, 1),
              event("first", NOON - 2 * DAY - 12 * HOUR + 1, 1, 1),
              event("other", NOON - DAY, 1, 0),
              event("bare", NOON - DAY + 1, Occurrence.NO_VALUE, 1),
              event("last", NOON, 1, 1),
              event("ahead", NOON + MINUTE, 1, 1))
          .toList();

  private static Event event(String id, long time, long number, long filters) {
    return new Event(id, 0, time, "key", new long[] {number}, Event.NO_TEXTS, filters);
  }

  @Test
  void eachEventCountsOrSaysWhyNot() {
    assertThat(explained(0))
        .containsExactly(
            "EVICTED old left the window at 2026-05-04T00:00:00Z",
            "COUNTS first ",
            "EVICTED other not kind is a",
            "EVICTED bare it carries no value",
            "COUNTS last ",
            "AHEAD ahead ");
    assertThat(explained(1))
        .containsExactly(
            "COUNTS old ",
            "COUNTS first ",
            "COUNTS other ",
            "EVICTED bare it carries no value",
            "AHEAD last ",
            "AHEAD ahead ");
  }

  private static List<String> explained(int feature) {
    StateKind kind = GROUP.kinds().get(0);
    List<Part> parts =
        kind.explain(feature, EVENTS, new Moment(NOON, 0), each -> ((Event) each).eventId());
    return parts.stream()
        .map(each -> each.verdict() + " " + each.what() + " " + each.why())
        .toList();
  }
}
