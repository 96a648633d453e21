package dev.freshet.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random events in the order they arrive: some ahead, some late, some more than once. Their times
 * are often multiples of ten minutes apart, so that they leave windows at the instants of others.
 */
abstract class ExampleHistory {

  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;

  final Random random;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final long longest;

  /**
   * @param longest the delay of the latest events
   */
  ExampleHistory(long seed, Duration longest) {
    this.random = new Random(seed);
    this.longest = longest.toMillis();
  }

  /** Adds the events. */
  abstract void addAll(int events, long startMillis);

  List<Arrival> arrivals(int events, long startMillis) {
    addAll(events, startMillis);
    for (Arrival each : List.copyOf(arrivals)) {
      if (random.nextInt(5) == 0) {
        arrivals.add(new Arrival(each.atMillis() + random.nextInt(20) * MINUTE, each.json()));
      }
    }
    Collections.shuffle(arrivals, random);
    arrivals.sort((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
    return arrivals;
  }

  final void add(long occurredAt, ObjectNode json) {
    arrivals.add(new Arrival(occurredAt + delay(), json.toString()));
  }

  /** Most events are seen soon, some up to an hour ahead, some when nothing can use them. */
  private long delay() {
    return switch (random.nextInt(12)) {
      case 0 -> -random.nextInt(61) * MINUTE;
      case 1, 2 -> random.nextInt(12) * 10L * MINUTE;
      case 3 -> (long) (random.nextDouble() * longest);
      default -> random.nextInt(2_000);
    };
  }

  final boolean isOneIn(int number) {
    return random.nextInt(number) == 0;
  }

  final String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
