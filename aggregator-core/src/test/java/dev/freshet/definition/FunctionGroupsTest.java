package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.format.EventFormat;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionGroupsTest {

  private static final EventFormat FORMAT = EventFormat.reference();
  private static final Entity TABLE = Entity.named("table").by("tableId");
  private static final EventType RATED = new EventType("RATED", "rated", FORMAT);
  private static final EventType LATE_RATED = new EventType("LATE_RATED", "late-rated", FORMAT);
  private static final EventType PAID = new EventType("PAID", "paid", FORMAT);

  private static FeatureGroup group(String name, Entity entity, EventType... types) {
    return FeatureGroup.named(name)
        .dimension(entity)
        .reads(types)
        .over(minutes(5), count("events"))
        .build();
  }

  private static FunctionGroups of(FeatureGroup... groups) {
    return new FunctionGroups(List.of(groups));
  }

  @Test
  void aFunctionHasAtLeastOneGroup() {
    assertThatIllegalArgumentException()
        .isThrownBy(FunctionGroupsTest::of)
        .withMessage("a function needs at least one feature group");
  }

  @Test
  void aGroupIsThereOnce() {
    FeatureGroup ratings = group("ratings", TABLE, RATED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(ratings, group("bills", TABLE, PAID), ratings))
        .withMessage("feature group ratings is there twice");
  }

  @Test
  void groupsDescribeOneKindOfEntity() {
    Entity guest = Entity.named("guest").by("guestId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(group("ratings", TABLE, RATED), group("guests", guest, RATED)))
        .withMessageContainingAll(
            "ratings is of table [tableId], guests of guest [guestId]", "give them two functions");
    Entity otherId = Entity.named("table").by("tableNumber");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(group("ratings", TABLE, RATED), group("bills", otherId, RATED)))
        .withMessageContaining("table [tableId], bills of table [tableNumber]");
  }

  @Test
  void groupsReadOneFormat() {
    EventType other = new EventType("PAID", "paid", FORMAT.requiring("billId"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(group("ratings", TABLE, RATED), group("bills", TABLE, other)))
        .withMessageContainingAll("PAID of bills has another than RATED of ratings");
    assertThat(of(group("both", TABLE, RATED, other)).all()).as("alone").hasSize(1);
  }

  @Test
  void aGroupReadsTheStreamsOfItsOwnTypes() {
    FunctionGroups groups =
        of(group("ratings", TABLE, RATED), group("all", TABLE, PAID, RATED, LATE_RATED));
    assertThat(groups.eventTypes()).containsExactly(RATED, PAID, LATE_RATED);
    assertThat(groups.reading("rated")).isEqualTo(indexes(0, 1));
    assertThat(groups.reading("prod-rated")).isEqualTo(indexes(0, 1));
    assertThat(groups.reading("paid")).isEqualTo(indexes(1));
    assertThat(groups.reading("prod-late-rated")).as("not rated of a stage").isEqualTo(indexes(1));
    assertThat(groups.reading("anything")).as("a stream of any name").isEqualTo(indexes(0, 1));
    assertThat(of(group("ratings", TABLE, RATED)).reading("paid")).isEqualTo(indexes(0));
  }

  private static BitSet indexes(int... indexes) {
    BitSet set = new BitSet();
    for (int each : indexes) {
      set.set(each);
    }
    return set;
  }
}
