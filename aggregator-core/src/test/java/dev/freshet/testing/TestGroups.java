package dev.freshet.testing;

import static dev.freshet.definition.Aggregate.average;
import static dev.freshet.definition.Aggregate.entered;
import static dev.freshet.definition.Aggregate.events;
import static dev.freshet.definition.Aggregate.sum;
import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.LookBack.lookBack;
import static dev.freshet.definition.Status.items;
import static dev.freshet.definition.TimeWindow.minutes;
import static dev.freshet.definition.Value.amount;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.mean;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Stage;
import dev.freshet.state.KeyState;
import dev.freshet.transformation.Samples;
import dev.freshet.transformation.Transformation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Small feature groups of each kind, for tests. */
public final class TestGroups {

  public static final EventType ITEM_CREATED =
      new EventType("ITEM_CREATED", "item-created", "itemId");
  public static final EventType ITEM_PICKED = new EventType("ITEM_PICKED", "item-picked", "itemId");
  public static final EventType ITEM_DELIVERED =
      new EventType("ITEM_DELIVERED", "item-delivered", "itemId");
  public static final EventType ITEM_CANCELLED =
      new EventType("ITEM_CANCELLED", "item-cancelled", "itemId");

  public static final Stage CREATED = new Stage("created", ITEM_CREATED);
  public static final Stage PICKED = new Stage("picked", ITEM_PICKED);
  public static final Stage DELIVERED = new Stage("delivered", ITEM_DELIVERED);
  public static final Stage CANCELLED = new Stage("cancelled", ITEM_CANCELLED);

  public static final Dimension WORKER = new Dimension("worker", "workerId");
  public static final Dimension PLACE = new Dimension("place", "placeId");
  public static final Dimension AREA = new Dimension("area", "areaCode");

  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestGroups() {}

  /** Returns a name that no other test of this JVM uses, as all tests share one Redis. */
  public static String freshName(String stem) {
    return stem + "_" + NAMES.incrementAndGet();
  }

  /** The count and mean of the last values. */
  public static FeatureGroup lastValues(int size) {
    return FeatureGroup.named(freshName("last_values"))
        .dimension(WORKER)
        .reads(ITEM_DELIVERED)
        .value(seconds("requestedAt", "acceptedAt"))
        .over(lastEvents(size), count(), mean())
        .build();
  }

  /** A group whose features are the last values, oldest first; absent if there are fewer. */
  public static FeatureGroup heldValues(int size) {
    return FeatureGroup.named(freshName("held_values"))
        .dimension(WORKER)
        .reads(ITEM_DELIVERED)
        .value(amount("totalAmount"))
        .over(
            lastEvents(size),
            IntStream.range(0, size).mapToObj(HeldValue::new).toArray(Transformation[]::new))
        .build();
  }

  /** The values in millionths that the state of a group of {@link #heldValues} holds. */
  public static long[] heldMicros(KeyState state) {
    return DoubleStream.of(state.features())
        .filter(Double::isFinite)
        .mapToLong(value -> Math.round(value * 1e6))
        .toArray();
  }

  private record HeldValue(int index) implements Transformation {
    @Override
    public String name() {
      return "held_" + index;
    }

    @Override
    public String formula() {
      return "x" + index;
    }

    @Override
    public double apply(Samples samples) {
      return index < samples.size() ? samples.get(index) : Double.NaN;
    }
  }

  /** Counts and amounts of the items of an area. */
  public static FeatureGroup demand() {
    return FeatureGroup.named(freshName("demand"))
        .dimension(AREA)
        .reads(ITEM_CREATED)
        .value(amount("totalAmount"))
        .over(minutes(1), events("created"))
        .over(minutes(5), events("created"))
        .over(minutes(60), events("created"), sum("amount"), average("amount"))
        .build();
  }

  /** Last values and windows together. */
  public static FeatureGroup mixed() {
    return FeatureGroup.named(freshName("mixed"))
        .dimension(AREA)
        .reads(ITEM_CREATED)
        .value(amount("totalAmount"))
        .over(lastEvents(20), count(), mean())
        .over(minutes(5), events("created"), sum("amount"))
        .build();
  }

  /**
   * A group with a single total: an item that enters and one that leaves at the same instant cancel
   * out.
   */
  public static FeatureGroup onlyMinuteCount() {
    return FeatureGroup.named(freshName("minute_count"))
        .dimension(AREA)
        .reads(ITEM_CREATED)
        .over(minutes(1), events("created"))
        .build();
  }

  /** The items of a place by stage. */
  public static FeatureGroup itemStages() {
    return FeatureGroup.named(freshName("item_stages"))
        .dimension(PLACE)
        .follows(CREATED, PICKED, DELIVERED, CANCELLED)
        .over(minutes(5), entered(CREATED))
        .over(minutes(30), entered(CREATED), entered(PICKED))
        .over(
            lookBack(Duration.ofHours(3)),
            items("unpicked").since(CREATED).until(PICKED, DELIVERED, CANCELLED),
            items("undelivered").since(CREATED).until(DELIVERED, CANCELLED))
        .build();
  }
}
