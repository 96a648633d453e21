package dev.freshet.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.benchmarks.measure.Subject;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.city.SteadyCity;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference does the same work: ratios to something that does less would say nothing. */
@Tag("verify")
class ArticleWayTest {

  private static final int EVENTS = 2_000;

  @TempDir private Path folder;

  @Test
  void theReferencePublishesTheFeaturesThatTheEngineDoes() {
    SteadyCity city = new SteadyCity(20, 10, 2, 0.6, 0.1, 7);
    NewestFeatures ofReference = new NewestFeatures();
    NewestFeatures ofEngine = new NewestFeatures();
    try (RedisNode store = RedisNode.start("state-store", folder)) {
      try (ArticleWay reference = new ArticleWay(store.url(), ofReference)) {
        feed(reference, city);
      }
      store.clear();
      try (Engine engine = Engine.of(store.url(), Workbench.GROUPS, ofEngine)) {
        feed(engine, city);
      }
    }
    assertThat(ofReference.features).hasSameSizeAs(ofEngine.features).hasSize(30);
    ofEngine.features.forEach(
        (key, features) ->
            features
                .properties()
                .forEach(
                    feature ->
                        assertThat(ofReference.features.get(key).get(feature.getKey()).asDouble())
                            .as(key + " " + feature.getKey())
                            .isCloseTo(
                                feature.getValue().asDouble(),
                                org.assertj.core.data.Offset.offset(1e-6))));
  }

  @Test
  void theReferenceForgetsOrdersThatCountNoMore() {
    SteadyCity city = new SteadyCity(20, 10, 2, 0.6, 0.1, 7);
    try (RedisNode store = RedisNode.start("state-store", folder);
        ArticleWay reference = new ArticleWay(store.url(), new NewestFeatures())) {
      feed(reference, city);
      long fields = 0;
      for (int i = 0; i < city.stores(); i++) {
        fields += store.commands().hlen("store-orders:" + i);
      }
      assertThat(fields).isBetween(EVENTS / 10L, EVENTS / 2L);
    }
  }

  @Test
  void theLedgerOfTheEngineIsCompleteWhenItIsClosed() {
    SteadyCity city = new SteadyCity(20, 10, 2, 0.6, 0.1, 7);
    long invocations;
    try (RedisNode store = RedisNode.start("state-store", folder);
        Redis reader = Redis.at(store.url(), Duration.ofSeconds(10))) {
      try (Engine engine = Engine.of(store.url(), Workbench.GROUPS, new NewestFeatures())) {
        invocations = feed(engine, city);
      }
      long finished =
          new StoredLedgers(reader)
              .read().stream()
                  .flatMap(each -> LedgerReport.of(List.of(each), 0, true).finished().stream())
                  .mapToLong(LedgerReport.Finished::records)
                  .sum();
      assertThat(finished).isEqualTo(invocations);
    }
  }

  /**
   * Hands over one event at a time: a batch's clock stands at its last event.
   *
   * @return how many invocations that took
   */
  private static long feed(Subject subject, SteadyCity city) {
    long[] invocations = {0};
    OrderLoad load = new OrderLoad(city, Workbench.STREAMS, EVENTS);
    for (Delivery delivery : load.next(EVENTS, 1)) {
      subject.handle(delivery, nanos -> invocations[0]++);
    }
    return invocations[0];
  }

  /** Keeps the last result of each key. */
  private static final class NewestFeatures implements RecordSink {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> features = new HashMap<>();

    @Override
    public BitSet put(List<OutgoingRecord> records) {
      try {
        for (OutgoingRecord record : records) {
          MappingIterator<JsonNode> results =
              mapper.readerFor(JsonNode.class).readValues(record.data());
          results.forEachRemaining(this::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new BitSet(0);
    }

    private void add(JsonNode result) {
      String entity = result.get("dimension").asText() + ":" + result.get("key").asText();
      features.put(entity, result.get("features"));
    }
  }
}
