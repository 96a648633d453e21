package dev.freshet.testing;

import static dev.freshet.definition.Aggregates.by;
import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.seconds;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.format.EventFormat;
import dev.freshet.state.KeyState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Small feature groups of each kind, for tests. */
public final class TestGroups {

  private static final EventFormat FORMAT = EventFormat.reference().requiring("itemId");

  public static final EventType ITEM_CREATED =
      new EventType("ITEM_CREATED", "item-created", FORMAT);
  public static final EventType ITEM_PICKED = new EventType("ITEM_PICKED", "item-picked", FORMAT);
  public static final EventType ITEM_DELIVERED =
      new EventType("ITEM_DELIVERED", "item-delivered", FORMAT);
  public static final EventType ITEM_CANCELLED =
      new EventType("ITEM_CANCELLED", "item-cancelled", FORMAT);

  public static final Lifecycle ITEM = Lifecycle.named("item").by("itemId");
  public static final Stage CREATED = ITEM.stage("created", ITEM_CREATED);
  public static final Stage PICKED = ITEM.stage("picked", ITEM_PICKED);
  public static final Stage DELIVERED = ITEM.stage("delivered", ITEM_DELIVERED);
  public static final Stage CANCELLED = ITEM.stage("cancelled", ITEM_CANCELLED);

  public static final Entity WORKER = Entity.named("worker").by("workerId");
  public static final Entity PLACE = Entity.named("place").by("placeId");
  public static final Entity AREA = Entity.named("area").by("areaCode");

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
        .over(last(size), count(), mean())
        .build();
  }

  /** A group whose features are the last values, oldest first; absent if there are fewer. */
  public static FeatureGroup heldValues(int size) {
    return FeatureGroup.named(freshName("held_values"))
        .dimension(WORKER)
        .reads(ITEM_DELIVERED)
        .value(amount("totalAmount"))
        .over(
            last(size),
            IntStream.range(0, size)
                .mapToObj(index -> by(new HeldValue(index)))
                .toArray(OfEvents[]::new))
        .build();
  }

  /** The features of a state that are numbers; NaN for an absent one. */
  public static double[] numbers(KeyState state) {
    FeatureValues features = state.features();
    return IntStream.range(0, features.size()).mapToDouble(features::number).toArray();
  }

  /** The values in millionths that the state of a group of {@link #heldValues} holds. */
  public static long[] heldMicros(KeyState state) {
    return DoubleStream.of(numbers(state))
        .filter(Double::isFinite)
        .mapToLong(value -> Math.round(value * 1e6))
        .toArray();
  }

  private record HeldValue(int index) implements Aggregation {
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
        .over(minutes(1), count("created"))
        .over(minutes(5), count("created"))
        .over(minutes(60), count("created"), sum("amount"), mean("amount"))
        .build();
  }

  /** Last values and windows together. */
  public static FeatureGroup mixed() {
    return FeatureGroup.named(freshName("mixed"))
        .dimension(AREA)
        .reads(ITEM_CREATED)
        .value(amount("totalAmount"))
        .over(last(20), count(), mean())
        .over(minutes(5), count("created"), sum("amount"))
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
        .over(minutes(1), count("created"))
        .build();
  }

  /** The items of a place by stage. */
  public static FeatureGroup itemStages() {
    return FeatureGroup.named(freshName("item_stages"))
        .dimension(PLACE)
        .over(minutes(5), entered(CREATED))
        .over(minutes(30), entered(CREATED), entered(PICKED))
        .over(
            lookBack(Duration.ofHours(3)),
            open("unpicked").since(CREATED).until(PICKED, DELIVERED, CANCELLED),
            open("undelivered").since(CREATED).until(DELIVERED, CANCELLED))
        .build();
  }
}
