package dev.freshet.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderEventsTest {

  @Test
  void everyEventIsValidAndNoneOccursBeforeTheOneAhead() {
    EventParser parser = new EventParser(new StoreOrdersHandler().features());
    OrderEvents events = new OrderEvents(City.ofGoals(5, 1));
    long last = Long.MIN_VALUE;
    for (int i = 0; i < 20_000; i++) {
      SourceEvent event = events.next();
      assertThat(event.occurredAtMillis()).isGreaterThanOrEqualTo(last);
      last = event.occurredAtMillis();
      assertThat(parser.parse(ByteBuffer.wrap(event.json()), last)).isInstanceOf(Event.class);
    }
  }

  @Test
  void ordersComeAtTheirRateAndHaveFourEventsEach() {
    OrderEvents events = new OrderEvents(City.ofGoals(5, 1));
    Map<OrderStream, Integer> counts = new HashMap<>();
    long first = events.next().occurredAtMillis();
    long last = first;
    while (last < first + 7_200_000) {
      SourceEvent event = events.next();
      last = event.occurredAtMillis();
      counts.merge(event.stream(), 1, Integer::sum);
    }
    assertThat(counts.get(OrderStream.CREATED)).isBetween(35_000, 37_000);
    assertThat(counts.get(OrderStream.DELIVERED)).isBetween(26_000, 33_000);
  }

  @Test
  void someAreBusierByZipfsLaw() {
    Choice zipf = new Zipf(1_000, 0.6);
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[1_000];
    for (int i = 0; i < 1_000_000; i++) {
      drawn[zipf.draw(random)]++;
    }
    assertThat(drawn[0] / (double) drawn[99]).isBetween(13.0, 19.0); // 100 to the power of 0.6
    assertThat(drawn[999]).isPositive();
  }
}
