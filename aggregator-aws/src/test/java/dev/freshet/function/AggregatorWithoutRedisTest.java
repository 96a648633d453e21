package dev.freshet.function;

import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests a batch without a reachable state store. */
@Tag("verify")
class AggregatorWithoutRedisTest {

  @Test
  void theBatchIsDeliveredAgainFromItsFirstEventAndTheLogSaysWhy() throws IOException {
    TestServer server = TestRedis.startServer();
    FakeSink deadLetters = new FakeSink();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Aggregator.class);
    logger.addAppender(lines);
    lines.start();
    FeatureGroup group = TestGroups.lastValues(3);
    try (Redis redis = server.connect(Duration.ofMillis(400))) {
      Aggregator aggregator =
          new Aggregator(
              group,
              RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE),
              new StreamResults(new FakeSink()),
              deadLetters,
              Duration.ofDays(90),
              new HandClock(NOON),
              Metrics.NONE);
      List<StreamRecord> batch =
          List.of(
              EventJson.record("1", "not JSON"),
              EventJson.delivery("a", NOON, "k", 1).record("2"),
              EventJson.delivery("b", NOON, "k", 1).record("3"));
      server.stop();
      assertThat(aggregator.process(batch).firstUnfinished()).hasValue(1);
      assertThat(deadLetters.records()).hasSize(1);
      assertThat(lines.list)
          .singleElement()
          .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN))
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains(group.name(), "127.0.0.1:" + server.port());
    } finally {
      logger.detachAppender(lines);
      server.stop();
    }
  }
}
