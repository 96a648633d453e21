package dev.freshet.featurestore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.featurestore.client.Age;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.History;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.ArchivedResults;
import dev.freshet.result.FeatureResult;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads of entities that a real Redis has forgotten, from a history store in memory. */
@Tag("verify")
class ForgottenEntitiesTest implements ArchivedResults {

  private static final Duration AWAKE = Duration.ofHours(24);
  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();

  private final Map<Key, FeatureResult> archived = new HashMap<>();
  private final List<List<Key>> asked = new ArrayList<>();
  private final FeatureStoreReader reader = reader(TestRedis.url());
  private Runnable whileAsked = () -> {};

  @Override
  public Collection<FeatureResult> read(Collection<Key> keys) {
    asked.add(List.copyOf(keys));
    whileAsked.run();
    return keys.stream().filter(archived::containsKey).map(archived::get).toList();
  }

  private FeatureStoreReader reader(String url) {
    Map<String, String> dimensions = Map.of("past", "place", "past_of_areas", "area");
    return FeatureStoreReader.connect(url, new History(this, dimensions, AWAKE));
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void anEntityThatRedisHasForgottenIsFoundWithItsAge() {
    String place = Results.freshKey();
    archive(Results.withValidUntil(past(place, 7, 3), OptionalLong.of(5_000)));

    EntityFeatures found = one(place, "past:parcels", "past:none", "now:a");

    assertThat(found.texts()).containsExactly(Map.entry("past:parcels", "3"));
    Age age = new Age(1_000, OptionalLong.of(5_000), OptionalLong.empty(), true);
    assertThat(found.ages()).containsExactly(Map.entry("past", age));
    assertThat(age.isOutdated(4_999)).isFalse();
    assertThat(age.isOutdated(5_000)).isTrue();
    assertThat(found.unanswered()).isEmpty();
  }

  @Test
  void whatWasFoundStaysInRedisForADay() {
    String place = Results.freshKey();
    archive(past(place, 7, 3));

    assertThat(reader.read("place", place, "past:parcels")).containsEntry("past:parcels", 3.0);
    assertThat(millisToLive(place)).isBetween(AWAKE.toMillis() - 60_000, AWAKE.toMillis());
    EntityFeatures again = one(place, "past:parcels");

    assertThat(again.numbers()).containsEntry("past:parcels", 3.0);
    assertThat(again.ages().get("past").isFromHistory()).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void aNewerResultThatCameMeanwhileStays() {
    String place = Results.freshKey();
    archive(past(place, 7, 3));
    whileAsked = () -> write(past(place, 8, 4));

    assertThat(one(place, "past:parcels").numbers()).containsEntry("past:parcels", 3.0);
    assertThat(one(place, "past:parcels").numbers()).containsEntry("past:parcels", 4.0);
  }

  @Test
  void aGroupIsMissedAlsoIfOtherGroupsOfTheEntityAreThereWhichLiveOnAsLong() {
    String place = Results.freshKey();
    write(Results.of("now", place, 1, "a", 1));
    archive(past(place, 7, 3));

    EntityFeatures found = one(place, "now:a", "past:parcels");

    assertThat(found.numbers()).containsEntry("now:a", 1.0).containsEntry("past:parcels", 3.0);
    assertThat(found.ages().get("now").isFromHistory()).isFalse();
    assertThat(found.ages().get("past").isFromHistory()).isTrue();
    assertThat(millisToLive(place)).isGreaterThan(TTL.toMillis() - 60_000);
  }

  @Test
  void onlyGroupsWithHistoryOfTheDimensionAreLookedUp() {
    String place = Results.freshKey();
    assertThat(one(place, "now:a", "past_of_areas:a", "nothing").texts()).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(one(place, "now:a", "past:parcels", "past:more").texts()).isEmpty();
    assertThat(asked).containsExactly(List.of(new Key("past", place)));
  }

  @Test
  void aFeatureWithoutValueIsNoReasonToAsk() {
    String place = Results.freshKey();
    write(past(place, 7, 3));
    assertThat(one(place, "past:share").texts()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void aResultOfAnotherDimensionIsNotTaken() {
    String area = Results.freshKey();
    archived.put(new Key("past_of_areas", area), Results.of("past_of_areas", area, 1, "a", 1));
    assertThat(reader.readTexts("area", area, "past_of_areas:a")).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void manyEntitiesAreLookedUpAHundredAtATime() {
    List<String> places = IntStream.range(0, 250).mapToObj(i -> Results.freshKey()).toList();
    places.forEach(place -> archive(past(place, 1, places.indexOf(place))));
    write(past(places.get(17), 2, -17));

    List<EntityFeatures> rows = reader.readMany("place", places, "past:parcels");

    for (int i = 0; i < places.size(); i++) {
      assertThat(rows.get(i).value()).isEqualTo(places.get(i));
      assertThat(rows.get(i).numbers()).containsEntry("past:parcels", i == 17 ? -17.0 : i);
    }
    assertThat(asked).extracting(List::size).containsExactly(100, 100, 49);
    assertThat(reader.readMany("place", places, "past:parcels"))
        .extracting(EntityFeatures::texts)
        .isEqualTo(rows.stream().map(EntityFeatures::texts).toList());
    assertThat(asked).hasSize(3);
  }

  @Test
  void anEntityAskedForTwiceIsLookedUpOnce() {
    String place = Results.freshKey();
    archive(past(place, 7, 3));
    List<EntityFeatures> rows = reader.readMany("place", List.of(place, place), "past:parcels");
    assertThat(rows).extracting(EntityFeatures::texts).allMatch(texts -> texts.size() == 1);
    assertThat(asked).containsExactly(List.of(new Key("past", place)));
    assertThat(reader.readMany("place", List.of(), "past:parcels")).isEmpty();
  }

  @Test
  void aHistoryThatDoesNotAnswerIsSaidAndNotTakenForAbsence() {
    String known = Results.freshKey();
    write(past(known, 1, 5));
    whileAsked =
        () -> {
          throw new IllegalStateException("no answer within 1 s");
        };
    List<String> places = new ArrayList<>(List.of(known));
    IntStream.range(0, 250).forEach(i -> places.add(Results.freshKey()));

    List<EntityFeatures> rows = reader.readMany("place", places, "past:parcels", "now:a");

    assertThat(rows.get(0).numbers()).containsEntry("past:parcels", 5.0);
    assertThat(rows.get(0).unanswered()).isEmpty();
    assertThat(rows.subList(1, 251))
        .extracting(EntityFeatures::unanswered)
        .containsOnly(Map.of("past", "no answer within 1 s"));
    assertThat(asked).as("waited for once").hasSize(1);
    assertThatExceptionOfType(FeatureStoreException.class)
        .isThrownBy(() -> reader.read("place", places.get(9), "past:parcels"))
        .withMessage(
            "history of past: no answer within 1 s; the features of place '%s' are unknown",
            places.get(9));
    assertThatExceptionOfType(FeatureStoreException.class)
        .isThrownBy(() -> reader.readAll("place", places.get(9)));
  }

  @Test
  void allFieldsOfAnEntityAreFoundToo() {
    String place = Results.freshKey();
    archive(past(place, 7, 3));
    write(Results.of("now", place, 1, "a", 1));

    EntityFeatures all = reader.readEntity("place", place);

    assertThat(all.ages().get("past").isFromHistory()).isTrue();
    assertThat(all.texts())
        .containsEntry("past:@version", "7")
        .containsEntry("past:@event_time", "999")
        .containsEntry("past:parcels", "3")
        .containsEntry("now:a", "1");
    assertThat(reader.readAll("place", place)).isEqualTo(all.texts());
    assertThat(asked).containsExactly(List.of(new Key("past", place)));
  }

  @Test
  void aRedisThatTakesNoWritesIsNoReasonToFail() throws IOException {
    TestServer server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.port();
    try (Redis other = Redis.at(url, Duration.ofSeconds(5));
        FeatureStoreReader readOnly = reader(url)) {
      other.ask(commands -> commands.configSet("min-replicas-to-write", "1"));
      String place = Results.freshKey();
      archive(past(place, 7, 3));
      for (int i = 1; i <= 2; i++) {
        assertThat(readOnly.read("place", place, "past:parcels"))
            .containsEntry("past:parcels", 3.0);
        assertThat(asked).hasSize(i);
      }
    } finally {
      server.stop();
    }
  }

  private EntityFeatures one(String place, String... features) {
    return reader.readMany("place", List.of(place), features).get(0);
  }

  private void archive(FeatureResult result) {
    archived.put(Key.of(result), result);
  }

  private static FeatureResult past(String place, long version, int parcels) {
    return Results.archived(Results.of("past", place, version, "parcels", parcels));
  }

  private static void write(FeatureResult result) {
    new FeatureStoreWriter(REDIS, TTL, AWAKE, Metrics.NONE).write(List.of(result));
  }

  private static long millisToLive(String place) {
    return REDIS.ask(commands -> commands.pttl(("features:place:" + place).getBytes(UTF_8)));
  }
}
