package dev.freshet.featurestore.client;

import static dev.freshet.featurestore.client.Seating.row;
import static dev.freshet.featurestore.client.Seating.visits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.redis.Redis;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows whose entities lie on several masters. */
@Tag("containers")
@Tag("verify")
class ServiceReaderClusterTest {

  private static final int ROWS = 100;
  private static final Pattern MOVED = Pattern.compile("errorstat_MOVED:count=(\\d+)");

  @Test
  void rowsOfAllMastersComeInTheOrderAskedFor() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis redis = cluster.connect();
        FeatureStoreReader store = Seating.reader(cluster.urlOfFirst(), History.NONE)) {
      ServiceReader seating = store.of(Seating.SERVICE, new HandClock(Seating.COMPUTED_AT));
      List<Map<String, String>> rows =
          IntStream.range(0, ROWS).mapToObj(i -> row("table" + i, "waiter" + i % 3)).toList();
      for (int i = 0; i < ROWS; i++) {
        Seating.write(redis, visits("table" + i, i, OptionalLong.empty()));
        Seating.write(redis, Seating.tips("waiter" + i % 3, i % 3));
      }

      seating.read(rows);
      long before = redirections(cluster);

      List<ServedRow> found = seating.read(rows);

      assertThat(redirections(cluster)).as("each master is asked for its own").isEqualTo(before);

      for (int i = 0; i < ROWS; i++) {
        assertThat(found.get(i).number(0)).isEqualTo(i);
        assertThat(found.get(i).number(1)).isEqualTo(i % 3);
      }
    }
  }

  private static long redirections(TestRedisCluster cluster) {
    long sum = 0;
    for (String url : cluster.url().split(",")) {
      try (Redis node = Redis.at(url, Duration.ofSeconds(30))) {
        String errors = node.ask(commands -> commands.info("errorstats"));
        Matcher moved = MOVED.matcher(errors);
        sum += moved.find() ? Long.parseLong(moved.group(1)) : 0;
      }
    }
    return sum;
  }
}
