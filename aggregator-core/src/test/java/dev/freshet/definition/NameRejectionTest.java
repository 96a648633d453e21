package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Declarations.lastN;
import static dev.freshet.definition.Declarations.rejects;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Derived.difference;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.ITEM;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.PICKED;

import dev.freshet.format.EventFormat;
import dev.freshet.input.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that names that cannot be, or that collide, are quoted. */
class NameRejectionTest {

  private static final Input X = decimal("x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "placeItems",
        "place items",
        "1st",
        "_a",
        "a_",
        "a__b",
        "a:b",
        "a-b",
        "é"
      })
  void namesAreLowerSnakeCase(String name) {
    rejects(() -> FeatureGroup.named(name), "'" + name + "'");
    rejects(() -> Entity.named(name).by("placeId"), "'" + name + "'");
    rejects(() -> Entity.global(name), "'" + name + "'");
    rejects(() -> Lifecycle.named(name).by("itemId"), "'" + name + "'");
    rejects(() -> ITEM.stage(name, ITEM_CREATED), "'" + name + "'");
    rejects(() -> count(name), "'" + name + "'");
    rejects(() -> sum(name), "'" + name + "'");
    rejects(() -> count().as(name), "'" + name + "'");
    rejects(() -> ratio(name, "a", "b"), "'" + name + "'");
    rejects(() -> open(name).since(CREATED).until(PICKED), "'" + name + "'");
  }

  @Test
  void partsNeedTheirNames() {
    EventFormat format = EventFormat.reference();
    rejects(() -> new EventType("", "s", format), "'', 's'");
    rejects(() -> new EventType("T", " ", format), "'T', ' '");
    rejects(() -> Entity.named("place").by(""), "''");
    rejects(() -> Entity.named("place").by(), "entity place needs the member of its id");
    rejects(() -> open("open").since(CREATED).until(), "status open");
  }

  @Test
  void duplicateNamesAreRejected() {
    rejects(() -> windows().over(minutes(5), count("a"), count("a")).build(), "feature a_5m");
    rejects(
        () -> windows().over(minutes(1), count("a")).over(minutes(1), count("a")).build(),
        "feature a_1m");
    rejects(
        () -> windows().reads(ITEM_CREATED).over(minutes(5), count("a")).build(),
        "event type ITEM_CREATED");
    rejects(() -> lastN().over(last(5), count(), count()).build(), "feature count");
    rejects(() -> lastN().over(last(5), mean()).over(last(6), mean()).build(), "feature mean");
  }

  @Test
  void namesThatCollideAreRejected() {
    rejects(
        () -> windows().value(X).over(last(5), mean()).over(last(6), mean()).build(),
        "g: the feature mean is declared twice");
    rejects(
        () -> windows().over(hours(1), count("a"), count().as("a")).build(),
        "g: the feature a_1h is declared twice");
    rejects(
        () -> windows().over(hours(1), count("a")).derive(ratio("a_1h", "a_1h", "a_1h")).build(),
        "g: the feature a_1h is declared twice");
    rejects(
        () -> windows().over(hours(1), latestAt("paid")).over(last(1), latestAt("paid_1h")).build(),
        "g: the feature paid_1h_at is declared twice");
  }

  @Test
  void derivedFeaturesUseNumbersThatWereDeclaredBefore() {
    rejects(
        () -> windows().over(hours(1), count("a")).derive(ratio("r", "a_1h", "b_1h")).build(),
        "g: r is computed from b_1h, which is no number declared before it; there are [a_1h]");
    rejects(
        () ->
            windows()
                .over(last(1), latest().of(text("kind")).as("kind"))
                .derive(difference("r", "kind", "kind"))
                .build(),
        "r is computed from kind, which is no number");
    rejects(
        () -> windows().derive(ratio("r", "a_1h", "a_1h")).over(hours(1), count("a")).build(),
        "r is computed from a_1h");
    rejects(() -> Derived.derived("r", "1", of -> 1), "derived feature r needs the features");
  }
}
