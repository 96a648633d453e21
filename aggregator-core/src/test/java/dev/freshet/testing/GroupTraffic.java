package dev.freshet.testing;

import static dev.freshet.testing.TestEvents.MINUTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random records of three streams: events that some groups use and others skip or find invalid, or
 * that no group can read; late and double ones, alone or several in a record.
 */
public final class GroupTraffic {

  public static final List<String> STREAMS =
      List.of("item-created", "item-picked", "item-delivered");

  private final Random random;
  private final List<String> earlier = new ArrayList<>();
  private int events;
  private int records;

  public GroupTraffic(Random random) {
    this.random = random;
  }

  /** Returns a batch of one shard. */
  public List<StreamRecord> batch(String stream, int size, long now) {
    return Stream.generate(() -> record(stream, now)).limit(size).toList();
  }

  private StreamRecord record(String stream, long now) {
    String number = Integer.toString(records++);
    return new StreamRecord(
        "test-" + stream, "shard-1", number, "key-" + number, ByteBuffer.wrap(data(stream, now)));
  }

  private byte[] data(String stream, long now) {
    if (random.nextInt(6) > 0) {
      return event(stream, now).getBytes(UTF_8);
    }
    byte[] several =
        Stream.generate(() -> event(stream, now))
            .limit(random.nextInt(5))
            .collect(Collectors.joining(",", "[", "]"))
            .getBytes(UTF_8);
    byte[] zipped = Packing.gzip(several);
    return switch (random.nextInt(3)) {
      case 0 -> several;
      case 1 -> zipped;
      default -> Arrays.copyOf(zipped, zipped.length - 9);
    };
  }

  private String event(String stream, long now) {
    if (!earlier.isEmpty() && random.nextInt(6) == 0) {
      return earlier.get(random.nextInt(earlier.size()));
    }
    String event = random.nextInt(25) == 0 ? oneOf("{", "7", "{}", "null") : valid(stream, now);
    earlier.add(event);
    return event;
  }

  private String valid(String stream, long now) {
    String own = stream.toUpperCase(Locale.ROOT).replace('-', '_');
    String type = random.nextInt(15) == 0 ? "ITEM_PICKED" : own;
    long age = random.nextInt(15) == 0 ? 200 * MINUTE : random.nextInt((int) (20 * MINUTE));
    EventJson event = EventJson.event(type, "e" + events++, now - age);
    if (random.nextInt(15) > 0) {
      event.with(
          "areaCode", oneOf("\"a\"", "\"b\"", "\"b\"", "\"c\"", "\"d\"", "3", "\"e\"", "{}"));
    }
    if (random.nextInt(8) > 0) {
      event.with("totalAmount", oneOf("12.5", "0.25", "7", "-3", "4", "8", "9", "\"dear\""));
    }
    event.with("x", oneOf("1", "-2", "null", "3", "2", "1", "\"no number\"", "0"));
    event.with("kind", oneOf("\"a\"", "\"b\"", "\"c\"", "null"));
    return random.nextInt(30) == 0 ? event.without("itemId").toString() : event.toString();
  }

  private String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
