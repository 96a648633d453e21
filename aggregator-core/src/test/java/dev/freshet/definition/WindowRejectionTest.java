package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.by;
import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Declarations.history;
import static dev.freshet.definition.Declarations.rejects;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import dev.freshet.input.Input;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests that a window that cannot be quotes the bad part and says what to do. */
class WindowRejectionTest {

  private static final Input X = decimal("x");

  @Test
  void windowsHaveBounds() {
    rejects(() -> minutes(-5), "window must be positive: PT-5M");
    rejects(() -> minutes(0), "window must be positive: PT0S");
    rejects(() -> Window.seconds(366 * 86_400 + 1), "at most PT8784H: 31622401 × PT1S");
    rejects(() -> Window.days(367), "at most PT8784H: 367 × PT24H");
    rejects(() -> Window.hours(Long.MAX_VALUE), "at most PT8784H: 9223372036854775807 × PT1H");
    rejects(() -> Window.days(Long.MIN_VALUE), "window must be positive: PT-");
    rejects(() -> lookBack(Duration.ofMillis(1_500)), "PT1.5S");
    rejects(() -> lookBack(Duration.ZERO), "look-back must be positive: PT0S");
    rejects(() -> last(0), "1 to 1000: 0");
    rejects(() -> last(1_001), "1 to 1000: 1001");
    assertThat(minutes(10_080).ending()).isEqualTo("_10080m");
    assertThat(last(1_000).size()).isEqualTo(1_000);
  }

  @Test
  void hopsAreSecondsAndNoLongerThanTheirWindow() {
    rejects(() -> days(1).every(Duration.ZERO), "the hop of every() must be positive: PT0S");
    rejects(() -> days(1).every(null), "the hop of every() must be a duration: null");
    rejects(
        () -> days(90).every(Duration.ofSeconds(1)),
        "the window, PT2160H, must hold at most 100,000 hops of every(): PT1S");
    rejects(
        () -> days(1).every(Duration.ofMillis(1_500)), "the hop of every() must be whole seconds");
    rejects(
        () -> days(1).every(Duration.ofHours(25)),
        "the hop of every() must be at most the window, PT24H: PT25H");
    rejects(
        () -> lifetime().delayedBy(days(1)).delayedBy(days(2)),
        "delayedBy() is called twice, with 1d and then 2d: keep one");
    rejects(() -> lifetime().delayedBy(days(1).delayedBy(days(2))), "a delay has no delay itself");
  }

  @Test
  void sequencesGoOverLastEvents() {
    rejects(
        () -> windows().value(X).over(minutes(5), slope()).build(),
        "feature group g: slope looks at values one after another, so it goes over last(n), not"
            + " over (t − 5m, t]");
    rejects(() -> windows().value(X).over(hours(1), ewma()).build(), "ewma looks at values");
    assertThat(windows().value(X).over(last(5).within(minutes(5)), slope()).build().features())
        .extracting(Feature::name)
        .containsExactly("slope_5m");
  }

  @Test
  void historyOffersWhatMergedEventsTell() {
    Duration day = Duration.ofDays(1);
    rejects(
        () -> history().over(days(30).every(day), top(3).of(text("kind"))).build(),
        "feature group g: top_3 is not offered over (⌊t − 30d⌋, t], ⌊ ⌋ to a multiple of 1d, where"
            + " older events are held merged, not one by one: use a window without every(), or"
            + " last(n)");
    rejects(
        () -> history().value(X).over(lifetime(), slope()).build(),
        "slope looks at values one after another, so it goes over last(n), not over (−∞, t]");
    rejects(
        () -> history().value(X).over(lifetime(), by(new OfOnesOwn())).build(),
        "g: own is not offered over (−∞, t]");
    assertThat(
            history()
                .value(X)
                .over(days(30).every(day).delayedBy(days(7)), percentile(90), mean())
                .over(lifetime(), distinct())
                .build()
                .features())
        .extracting(each -> each.name() + ": " + each.window() + ": " + each.formula())
        .containsExactly(
            "p90_30d_after_7d: (⌊t − 7d − 30d⌋, t − 7d], ⌊ ⌋ to a multiple of 1d: the value at rank"
                + " (n − 1) · 90/100 of the sorted x, linear between neighbours; sketch, 1 %",
            "mean_30d_after_7d: (⌊t − 7d − 30d⌋, t − 7d], ⌊ ⌋ to a multiple of 1d: Σ x / n",
            "distinct_lifetime: (−∞, t]: the number of different x; sketch, 2 %");
  }

  @Test
  void latenessIsForHistoryOnly() {
    rejects(
        () -> windows().over(lifetime(), count()).build(),
        "g: windows with every() and lifetime() need lateness(): how late an event may arrive to"
            + " count");
    rejects(
        () -> history().over(hours(1), count()).build(),
        "g: lateness() is for windows with every() and lifetime(), and it has none: leave it out");
    rejects(() -> history().lateness(Duration.ofHours(2)), "g: lateness() is called twice");
    rejects(() -> windows().lateness(Duration.ZERO), "lateness must be positive: PT0S");
  }

  private record OfOnesOwn() implements Aggregation {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public String formula() {
      return "x";
    }

    @Override
    public double apply(Samples samples) {
      return 1;
    }
  }
}
