package dev.freshet.oracle;

import dev.freshet.definition.Aggregate;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.LookBack;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.definition.Window;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.oracle.PlainFeature.Computed;
import dev.freshet.oracle.PlainFeature.Entered;
import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.Open;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;
import dev.freshet.oracle.PlainFeature.PlainStage;
import dev.freshet.oracle.PlainFeature.PlainStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A feature group in plain words: an oracle interprets them, and shares nothing with what the
 * engine compiles from {@link #declared}.
 *
 * @param hasMeta whether events say in an object {@code meta} what they are
 * @param members the paths of the entity's id; empty for a global one
 * @param read the names of the event types that windows read
 * @param value null if there is none
 * @param filter null if there is none
 * @param lateness how late an event may arrive to count in history; null if there is no history
 * @param features in the order they are declared
 */
record PlainGroup(
    String name,
    boolean hasMeta,
    List<String> members,
    List<String> read,
    PlainInput value,
    PlainFilter filter,
    Duration lateness,
    List<PlainFeature> features) {

  private static final EventFormat META =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.at", TimeFormat.EPOCH_MICROS);

  /** Returns the entity id of an event; null if it has none. */
  String entity(OracleEvent event) {
    if (members.isEmpty()) {
      return "all";
    }
    if (!members.stream().allMatch(event::has)) {
      return null;
    }
    return members.size() == 1
        ? event.text(members.get(0))
        : members.stream()
            .map(each -> event.text(each).replace("%", "%25").replace("|", "%7C"))
            .collect(Collectors.joining("|"));
  }

  /** Returns the features of one kind. */
  <F extends PlainFeature> Stream<F> features(Class<F> kind) {
    return features.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The lifecycles of its features. */
  List<PlainLifecycle> lifecycles() {
    return stages().stream().map(PlainStage::lifecycle).distinct().toList();
  }

  /** The stages of its features. */
  List<PlainStage> stages() {
    List<PlainStage> stages = new ArrayList<>();
    for (PlainFeature each : features) {
      if (each instanceof Entered entered) {
        stages.add(entered.stage());
      } else if (each instanceof Open open) {
        stages.add(open.status().since());
        stages.addAll(open.status().until());
      }
    }
    return stages.stream().distinct().toList();
  }

  /** The age from which on an item of a lifecycle is forgotten. */
  long holdMillis(PlainLifecycle lifecycle) {
    long entered =
        features(Entered.class)
            .filter(each -> each.stage().lifecycle().equals(lifecycle))
            .mapToLong(each -> each.window().holdMillis())
            .max()
            .orElse(0);
    long open =
        features(Open.class)
            .filter(each -> each.status().since().lifecycle().equals(lifecycle))
            .mapToLong(each -> each.status().lookBackSeconds() * 1_000)
            .max()
            .orElse(0);
    return Math.max(entered, open) + lifecycle.skew().toMillis();
  }

  /** The features of windows over events that are of history, or those that are not. */
  Stream<OfEvents> overEvents(boolean isHistory) {
    return features(OfEvents.class).filter(each -> each.window().isHistory() == isHistory);
  }

  /** The age at which an event has left every window of limited age; 0 without one. */
  long windowsHoldMillis() {
    return overEvents(false).mapToLong(each -> each.window().holdMillis()).max().orElse(0);
  }

  /** The longest of these ages. */
  long longestHoldMillis() {
    return Math.max(
        features(OfEvents.class).mapToLong(each -> each.window().holdMillis()).max().orElse(0),
        lifecycles().stream().mapToLong(this::holdMillis).max().orElse(0));
  }

  PlainInput inputOf(OfEvents feature) {
    boolean isOfAll = feature.what().takesEvents() && feature.window().isOverTime();
    return feature.input() == null && !isOfAll ? value : feature.input();
  }

  PlainFilter filterOf(OfEvents feature) {
    return feature.filter() == null ? filter : feature.filter();
  }

  EventType type(String typeName) {
    return new EventType(typeName, "steps", hasMeta ? META : EventFormat.reference());
  }

  /** Declares the group through the public API. */
  FeatureGroup declared() {
    FeatureGroupBuilder builder = FeatureGroup.named(name).dimension(entity());
    if (!read.isEmpty()) {
      builder.reads(read.stream().map(this::type).toArray(EventType[]::new));
    }
    if (value != null) {
      builder.value(value.declared(this::type));
    }
    if (filter != null) {
      builder.where(filter.declared(this::type));
    }
    if (lateness != null) {
      builder.lateness(lateness);
    }
    features.forEach(each -> declare(each, builder));
    return builder.build();
  }

  private Entity entity() {
    String entity = "entity_" + members.size();
    return members.isEmpty()
        ? Entity.global(entity)
        : Entity.named(entity).by(members.toArray(String[]::new));
  }

  private void declare(PlainFeature feature, FeatureGroupBuilder builder) {
    if (feature instanceof OfEvents events) {
      Aggregate.OfEvents aggregate = aggregate(events);
      if (events.window().isHistory()) {
        builder.over(events.window().history(), aggregate);
      } else if (events.window().isOverTime()) {
        builder.over(events.window().time(), aggregate);
      } else {
        builder.over(events.window().lastEvents(), aggregate);
      }
    } else if (feature instanceof Entered entered) {
      builder.over(
          entered.window().time(),
          dev.freshet.definition.Aggregates.entered(stage(entered.stage())));
    } else if (feature instanceof Open open) {
      declare(open, builder);
    } else {
      builder.derive(((Computed) feature).declared());
    }
  }

  private Aggregate.OfEvents aggregate(OfEvents feature) {
    Aggregate.OfEvents aggregate = feature.declared();
    if (feature.input() != null) {
      aggregate = aggregate.of(feature.input().declared(this::type));
    }
    return feature.filter() == null
        ? aggregate
        : aggregate.where(feature.filter().declared(this::type));
  }

  private void declare(Open open, FeatureGroupBuilder builder) {
    PlainStatus plain = open.status();
    Status status =
        Status.open(open.stem())
            .since(stage(plain.since()))
            .until(plain.until().stream().map(this::stage).toArray(Stage[]::new));
    LookBack lookBack = Window.lookBack(Duration.ofSeconds(plain.lookBackSeconds()));
    switch (open.how()) {
      case COUNT -> builder.over(lookBack, status);
      case SUM ->
          builder.over(
              lookBack,
              status.sum(open.stem(), Objects.requireNonNull(open.number()).declared(this::type)));
      case OLDEST -> builder.over(lookBack, status.oldest(open.stem()));
    }
  }

  private Stage stage(PlainStage stage) {
    PlainLifecycle plain = stage.lifecycle();
    return Lifecycle.named(plain.name())
        .by(plain.item())
        .skew(plain.skew())
        .stage(stage.name(), stage.types().stream().map(this::type).toArray(EventType[]::new));
  }
}
