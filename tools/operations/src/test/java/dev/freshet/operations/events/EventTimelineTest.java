package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.events.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which event is the newest that can be believed. */
class EventTimelineTest {

  private static final Instant START = Instant.parse("2026-01-10T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void oneEventOfTheFarFutureDoesNotCount() {
    List<Instant> times = evenly(12, MINUTE);
    times.add(5, Instant.parse("2099-12-31T00:00:00Z"));
    EventTimeline timeline = timeline(times);
    assertThat(newest(timeline)).isEqualTo(START.plus(MINUTE.multipliedBy(11)));
    assertThat(timeline.leftOut())
        .contains(
            "events too late to be plausible, which do not count as the newest: 1 of 13,"
                + " first line 6 at 2099-12-31T00:00:00.000Z");
  }

  @Test
  void norDoOnesTwoDaysAheadOfAnHour() {
    List<Instant> times = evenly(60, MINUTE);
    times.add(START.plus(DAY.multipliedBy(2)));
    times.add(START.plus(DAY.multipliedBy(300)));
    assertThat(newest(timeline(times))).isEqualTo(START.plus(MINUTE.multipliedBy(59)));
    assertThat(timeline(times).leftOut()).get().asString().contains(": 2 of 62, first line 61 at ");
  }

  @Test
  void whatIsWrongInThePastChangesNothing() {
    List<Instant> times = evenly(12, MINUTE);
    times.add(Instant.EPOCH);
    times.add(Instant.EPOCH);
    times.add(Instant.parse("2099-12-31T00:00:00Z"));
    assertThat(newest(timeline(times))).isEqualTo(START.plus(MINUTE.multipliedBy(11)));
  }

  @Test
  void sparseEventsAndTailsCount() {
    for (Duration step : List.of(DAY.multipliedBy(2), DAY.multipliedBy(31))) {
      EventTimeline sparse = timeline(evenly(3, step));
      assertThat(newest(sparse)).isEqualTo(START.plus(step.multipliedBy(2)));
      assertThat(sparse.leftOut()).isEmpty();
    }
    List<Instant> times = evenly(1_000, MINUTE);
    times.addAll(evenly(90, DAY.minusHours(2)));
    EventTimeline tail = timeline(times);
    assertThat(newest(tail)).isEqualTo(START.plus(DAY.minusHours(2).multipliedBy(89)));
    assertThat(tail.leftOut()).isEmpty();
  }

  @Test
  void yearsOfEventsDoNotHideAnEventAYearAhead() {
    List<Instant> times = evenly(5 * 365, DAY);
    Instant last = times.get(times.size() - 1);
    times.add(last.plus(DAY.multipliedBy(365)));
    assertThat(newest(timeline(times))).isEqualTo(last);
  }

  @Test
  void ofTwoEventsTheNewestCounts() {
    assertThat(newest(timeline(evenly(2, DAY.multipliedBy(9_000)))))
        .isEqualTo(START.plus(DAY.multipliedBy(9_000)));
    assertThat(newest(timeline(evenly(1, DAY)))).isEqualTo(START);
  }

  @Test
  void noEventsNeedNoOffset() {
    EventTimeline timeline = new EventTimeline();
    assertThat(timeline.offsetTo(START)).isZero();
    assertThat(timeline.leftOut()).isEmpty();
  }

  @Test
  void theOrderOfTheFileDoesNotMatter() {
    List<Instant> times = evenly(200, MINUTE.multipliedBy(37));
    times.add(START.plus(DAY.multipliedBy(40)));
    Instant expected = newest(timeline(times));
    assertThat(expected).isEqualTo(START.plus(MINUTE.multipliedBy(37 * 199)));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(times, new Random(seed));
      assertThat(newest(timeline(times))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static List<Instant> evenly(int events, Duration step) {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      times.add(START.plus(step.multipliedBy(i)));
    }
    return times;
  }

  private static EventTimeline timeline(List<Instant> times) {
    EventTimeline timeline = new EventTimeline();
    for (int i = 0; i < times.size(); i++) {
      timeline.add(times.get(i).toEpochMilli(), new Place(i + 1, 1));
    }
    return timeline;
  }

  private static Instant newest(EventTimeline timeline) {
    return START.minus(timeline.offsetTo(START));
  }
}
