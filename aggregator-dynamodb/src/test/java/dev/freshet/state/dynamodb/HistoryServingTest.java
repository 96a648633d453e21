package dev.freshet.state.dynamodb;

import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.History;
import dev.freshet.redis.Redis;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.dynamodb.ArchivedEntities;
import dev.freshet.testing.dynamodb.TestDynamoDb;
import dev.freshet.testing.redis.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reader over a real Redis and an emulated DynamoDB. */
@Tag("verify")
class HistoryServingTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @Test
  void whatRedisForgetsIsServedFromDynamoDbAndSaidToBeUnknownWhileThatIsAway() throws Exception {
    FeatureGroup group = TestGroups.demand();
    String feature = group.name() + ":created_1m";
    try (TestDynamoDb dynamoDb = TestDynamoDb.start(Path.of(".."));
        Redis redis = TestRedis.connect();
        FeatureStoreReader reader = reader(dynamoDb, group)) {
      ArchivedEntities entities = new ArchivedEntities(dynamoDb.client(), group);
      List<String> areas = IntStream.range(0, 150).mapToObj(i -> "area" + i).toList();
      areas.forEach(area -> entities.store(area, 1, areas.indexOf(area)));

      for (boolean isFromHistory : new boolean[] {true, false}) {
        List<EntityFeatures> rows = reader.readMany("area", areas, feature);
        for (int i = 0; i < areas.size(); i++) {
          assertThat(rows.get(i).numbers()).containsEntry(feature, (double) i);
          assertThat(rows.get(i).ages().get(group.name()).isFromHistory()).isEqualTo(isFromHistory);
        }
      }
      redis.ask(commands -> commands.del("features:area:area7".getBytes(UTF_8)));
      dynamoDb.signal("STOP");
      List<EntityFeatures> rows = reader.readMany("area", areas, feature);
      assertThat(rows.get(7).unanswered())
          .isEqualTo(Map.of(group.name(), "table history: no answer within PT1S"));
      assertThat(rows).filteredOn(row -> row.texts().containsKey(feature)).hasSize(149);
      dynamoDb.signal("CONT");
      assertThat(reader.read("area", "area7", feature)).containsEntry(feature, 7.0);
    }
  }

  private static FeatureStoreReader reader(TestDynamoDb dynamoDb, FeatureGroup group) {
    return FeatureStoreReader.connect(
        TestRedis.url(),
        new History(
            new DynamoDbResults(dynamoDb.client(), TABLE, TIMEOUT),
            Map.of(group.name(), "area"),
            History.USUAL_AWAKE));
  }
}
