package dev.freshet.operations.events;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.format.EventFormat;
import java.util.List;

/** The streams of the events of items. */
final class ItemStreams {

  static final EventStreams ALL = EventStreams.of(List.of(items()));

  private ItemStreams() {}

  /** The streams of an item and of one further type. */
  static EventStreams and(EventType further) {
    FeatureGroup group =
        FeatureGroup.named("further")
            .dimension(Entity.global("everything"))
            .reads(further)
            .over(last(1), count())
            .build();
    return EventStreams.of(List.of(items(), group));
  }

  private static FeatureGroup items() {
    Lifecycle item = Lifecycle.named("item").by("itemId");
    return FeatureGroup.named("items")
        .dimension(Entity.global("everything"))
        .over(
            minutes(1),
            entered(item.stage("created", type("ITEM_CREATED", "item-created"))),
            entered(item.stage("accepted", type("ITEM_ACCEPTED", "item-accepted"))),
            entered(item.stage("picked", type("ITEM_PICKED", "item-picked"))),
            entered(item.stage("delivered", type("ITEM_DELIVERED", "item-delivered"))),
            entered(item.stage("cancelled", type("ITEM_CANCELLED", "item-cancelled"))))
        .build();
  }

  private static EventType type(String name, String stream) {
    return new EventType(name, stream, EventFormat.reference())
        .carrying(
            "itemId",
            "createdAt",
            "acceptedAt",
            "pickedAt",
            "requestedAt",
            "arrivedAt",
            "deliveredAt");
  }
}
