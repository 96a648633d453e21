package dev.freshet.testing.dynamodb;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archived;
import dev.freshet.state.KeyState;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Entities of a group as functions store them, with a snapshot of any bytes. */
public final class ArchivedEntities {

  private final FeatureGroup group;
  private final DynamoDbArchive archive;

  public ArchivedEntities(DynamoDbClient client, FeatureGroup group) {
    this.group = group;
    this.archive = new DynamoDbArchive(client, TABLE, group, Metrics.NONE);
  }

  /** Stores an entity with one feature, {@code created_1m}. */
  public void store(String entity, long version, double created) {
    store(entity, version, created, 8);
  }

  /** Stores an entity whose snapshot has some bytes. */
  public void store(String entity, long version, double created, int bytes) {
    FeatureResult result = result(entity, version, created);
    archive.write(
        List.of(new Archived(entity, version, new byte[bytes], result, KeyState.FOREVER)),
        index -> {});
  }

  /** The result that an entity is stored with. */
  public FeatureResult result(String entity, long version, double created) {
    return new FeatureResult(
        group.name(),
        group.dimension().name(),
        entity,
        version,
        1_000,
        999,
        OptionalLong.of(5_000),
        OptionalLong.empty(),
        Trigger.EVENT,
        List.of(new FeatureValue("created_1m", created)),
        List.of(),
        true);
  }

  /** Returns whether a function would find an entity. */
  public boolean holds(String entity) {
    return archive.read(Set.of(entity)).containsKey(entity);
  }

  /** Stores what describes the group's declarations. */
  public void declare() {
    archive.declare(List.of(new byte[] {1}));
  }

  /** Returns whether the declarations are stored. */
  public boolean isDeclared() {
    return !archive.declarations().isEmpty();
  }
}
