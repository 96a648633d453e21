package dev.freshet.state.dynamodb;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.dynamodb.ArchivedEntities;
import dev.freshet.testing.dynamodb.TestDynamoDb;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Removal of what functions stored in an emulated DynamoDB. */
@Tag("verify")
class HistoryEraserTest {

  private static final Instant NOON = Instant.ofEpochSecond(1_780_000_000);
  private static final TestDynamoDb DYNAMODB = TestDynamoDb.start(Path.of(".."));

  private final FeatureGroup group = TestGroups.demand();
  private final ArchivedEntities entities = new ArchivedEntities(DYNAMODB.client(), group);
  private final HistoryEraser eraser = new HistoryEraser(DYNAMODB.client(), TABLE);

  @AfterAll
  static void stop() {
    DYNAMODB.close();
  }

  @Test
  void aGroupGoesWithItsDeclarationsAndNoOther() {
    ArchivedEntities other = new ArchivedEntities(DYNAMODB.client(), TestGroups.demand());
    for (int i = 0; i < 60; i++) {
      entities.store("x|" + i, 1, i);
    }
    entities.declare();
    other.store("x|1", 1, 1);
    other.declare();

    assertThat(eraser.eraseGroup(group.name(), true)).isEqualTo(61);
    assertThat(entities.holds("x|59")).isTrue();
    assertThat(eraser.eraseGroup(group.name(), false)).isEqualTo(61);

    assertThat(entities.holds("x|59")).isFalse();
    assertThat(entities.isDeclared()).isFalse();
    assertThat(other.holds("x|1")).isTrue();
    assertThat(other.isDeclared()).isTrue();
    assertThat(eraser.eraseGroup(group.name(), true)).isZero();
  }

  @Test
  void aTombstoneKeepsWhatIsOlderAway() {
    entities.store("7", 10, 1);
    entities.store("77", 10, 1);

    assertThat(eraser.holds(group.name(), "7")).isTrue();
    assertThat(eraser.putTombstone(group.name(), "7", 12, NOON)).isTrue();
    assertThat(eraser.holds(group.name(), "7")).isFalse();
    entities.store("7", 11, 1);
    entities.store("7", 12, 1);

    assertThat(entities.holds("7")).isFalse();
    assertThat(entities.holds("77")).isTrue();
    assertThat(eraser.putTombstone(group.name(), "7", 13, NOON)).isFalse();
    entities.store("7", 14, 1);
    assertThat(entities.holds("7")).isTrue();
    assertThat(eraser.putTombstone(group.name(), "7", 15, NOON)).isTrue();
  }

  @Test
  void aTombstoneIsPutAlsoBeforeTheFirstItem() {
    assertThat(eraser.holds(group.name(), "8")).isFalse();
    assertThat(eraser.putTombstone(group.name(), "8", 12, NOON)).isFalse();
    entities.store("8", 11, 1);
    assertThat(entities.holds("8")).isFalse();
  }
}
