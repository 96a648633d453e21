package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation.Takes;
import dev.freshet.aggregation.EdgeTime;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroupBuilder.Declared;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the mistakes of a declaration. */
final class DeclarationRules {

  /** With the longest names, a result of this many features fills a fifth of a Kinesis record. */
  private static final int MOST_FEATURES = 1_000;

  private final FeatureGroupBuilder group;
  private final List<EventType> eventTypes;

  DeclarationRules(FeatureGroupBuilder group) {
    this.group = group;
    this.eventTypes = group.eventTypes();
  }

  /**
   * Checks the declaration.
   *
   * @throws IllegalArgumentException if parts of it contradict each other; the message names them
   */
  void check() {
    require(group.entity != null, "a dimension is missing");
    require(!eventTypes.isEmpty(), "it reads no event type");
    require(!group.declared.isEmpty(), "it has no features");
    require(group.declared.size() <= MOST_FEATURES, "more than " + MOST_FEATURES + " features");
    requireDifferent(
        group.declared.stream().map(each -> each.feature().name()).toList(), "feature");
    requireAges();
    requireDifferent(eventTypes.stream().map(EventType::name).toList(), "event type");
    requireDifferent(group.lifecycles().stream().map(Lifecycle::name).toList(), "lifecycle");
    group.lifecycles().forEach(this::requireOneStageEach);
    requireInputs();
    requireHistory();
    requireDerived();
    eventTypes.forEach(type -> group.entity.members().forEach(each -> requireCarried(type, each)));
    requireUsed();
    requireCarriedInputs();
    ValueRules.requireNamesOf(group);
  }

  /** A spine's row has a column for each feature, and one for the seconds since each instant. */
  private void requireAges() {
    List<String> names = group.declared.stream().map(each -> each.feature().name()).toList();
    for (Declared each : group.declared) {
      String name = each.feature().name();
      String age = name.substring(0, Math.max(0, name.length() - EdgeTime.ENDING.length()));
      require(
          !each.feature().isInstant() || !names.contains(age),
          "training rows name the seconds since %s like the feature %s: rename one"
              .formatted(name, age));
    }
  }

  private void requireOneStageEach(Lifecycle lifecycle) {
    List<Stage> stages =
        group.stages().stream().filter(each -> each.lifecycle().equals(lifecycle)).toList();
    requireDifferent(stages.stream().map(Stage::name).toList(), "stage");
    for (EventType type : eventTypes) {
      List<String> entered =
          stages.stream().filter(each -> each.enteredBy().contains(type)).map(Stage::name).toList();
      require(
          entered.size() < 2,
          "%s enters two stages of lifecycle %s, %s: keep one"
              .formatted(type.name(), lifecycle.name(), String.join(" and ", entered)));
      if (!entered.isEmpty()) {
        requireCarried(type, lifecycle.item());
      }
    }
  }

  private void requireInputs() {
    for (Declared each : group.declared) {
      if (each.events() == null) {
        continue;
      }
      OfEvents feature = each.events();
      Input input = group.inputOf(feature);
      require(
          input != null || feature.aggregation().takes() == Takes.EVENTS,
          "%s needs an input: call of(...) on it, or value(...) on the group"
              .formatted(each.feature().name()));
      if (input != null && feature.input() == null) {
        feature.requireFits(input);
      }
      require(
          !feature.aggregation().isOfSequence() || each.window() instanceof LastEvents,
          "%s looks at values one after another, so it goes over last(n), not over %s"
              .formatted(feature.stem(), each.window()));
    }
  }

  private void requireHistory() {
    boolean hasHistory = false;
    for (Declared each : group.declared) {
      if (each.window() instanceof HistoryWindow window) {
        hasHistory = true;
        require(
            !each.events().aggregation().overTiles().isEmpty(),
            ("%s is not offered over %s, where older events are held merged, not one by one: use a"
                    + " window without every(), or last(n)")
                .formatted(each.events().stem(), window));
      }
    }
    require(
        !hasHistory || group.lateness != null,
        "windows with every() and lifetime() need lateness(): how late an event may arrive to count");
    require(
        hasHistory || group.lateness == null,
        "lateness() is for windows with every() and lifetime(), and it has none: leave it out");
  }

  private void requireDerived() {
    Set<String> before = new HashSet<>();
    for (Declared each : group.declared) {
      if (each.derived() != null) {
        for (String of : each.derived().of()) {
          require(
              before.contains(of),
              "%s is computed from %s, which is no number declared before it; there are %s"
                  .formatted(each.feature().name(), of, before.stream().sorted().toList()));
        }
      }
      if (!each.feature().isText()) {
        before.add(each.feature().name());
      }
    }
  }

  private void requireUsed() {
    List<OfEvents> features =
        group.declared.stream().map(Declared::events).filter(each -> each != null).toList();
    require(
        !group.read.isEmpty() || features.isEmpty(),
        "features of events need reads(): name the event types of "
            + features.stream().map(OfEvents::stem).toList());
    require(
        group.read.isEmpty() || !features.isEmpty(), "no feature uses the events that it reads");
    require(
        group.value == null || group.declared.stream().anyMatch(DeclarationRules::usesValue),
        "no feature reads its value, %s: add sum() or mean(), or leave value() out"
            .formatted(group.value == null ? "" : Names.cut(group.value.toString())));
    require(
        group.filter == null || features.stream().anyMatch(each -> each.filter() == null),
        "no feature uses the group's filter, %s: leave where() out".formatted(group.filter));
  }

  private static boolean usesValue(Declared feature) {
    OfEvents events = feature.events();
    return events != null
        && events.input() == null
        && (events.aggregation().takes() != Takes.EVENTS || feature.window() instanceof LastEvents);
  }

  /** Rejects misspelt members: with one, features would see no event. */
  private void requireCarriedInputs() {
    boolean isOverLast =
        group.declared.stream().anyMatch(each -> each.window() instanceof LastEvents);
    if (group.value != null && (isOverLast || group.read.size() == 1)) {
      group.read.forEach(type -> group.value.paths().forEach(each -> requireCarried(type, each)));
    }
    for (Declared each : group.declared) {
      if (each.events() != null) {
        requireCarriedBySome(group.inputOf(each.events()));
        requireCarriedBySome(group.filterOf(each.events()));
      } else if (each.status() instanceof Status.Sum sum) {
        sum.status()
            .since()
            .enteredBy()
            .forEach(type -> sum.number().paths().forEach(path -> requireCarried(type, path)));
      }
    }
  }

  private void requireCarriedBySome(Filter filter) {
    if (filter == null) {
      return;
    }
    filter.parts().forEach(this::requireCarriedBySome);
    if (filter.parts().isEmpty()) {
      filter.inputs().forEach(this::requireCarriedBySome);
    }
    if (filter instanceof Filter.Absent absent) {
      requireCarriedBySome(List.of(absent.path()));
    } else if (filter instanceof Filter.OfType ofType) {
      ofType.types().forEach(this::requireRead);
    }
  }

  private void requireCarriedBySome(Input input) {
    if (input != null) {
      requireCarriedBySome(input.paths());
    }
    if (input instanceof Input.TypeIs typeIs) {
      requireRead(typeIs.type());
    }
  }

  private void requireCarriedBySome(List<String> paths) {
    require(
        group.read.stream().anyMatch(type -> paths.stream().allMatch(type::carries)),
        "no event type that it reads carries " + String.join(" and ", paths));
  }

  private void requireRead(String type) {
    require(
        group.read.stream().anyMatch(each -> each.name().equals(type)),
        "typeIs() names %s, which it does not read; add it to reads()".formatted(type));
  }

  private void requireCarried(EventType type, String member) {
    require(
        type.carries(member),
        "%s carries no %s, only %s; correct the member, or add it to carrying()"
            .formatted(type.name(), Names.cut(member), String.join(", ", type.members())));
  }

  private void requireDifferent(List<String> names, String what) {
    Set<String> seen = new HashSet<>();
    for (String each : names) {
      require(seen.add(each), "the " + what + " " + each + " is declared twice");
    }
  }

  private void require(boolean condition, String complaint) {
    group.require(condition, complaint);
  }
}
