package dev.freshet.local.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.runtime.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events that the feature groups find late, skip or find invalid, around the functions:
 * judges each record as the groups of its function do. An event that two groups skip counts twice,
 * and so does one that is delivered again.
 */
final class JudgementMeter {

  private static final JsonFactory JSON = new JsonFactory();

  private final InstantSource time;
  private final Duration timeToLive;
  private final LongAdder late = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder invalid = new LongAdder();

  /**
   * @param timeToLive the setting of the functions, see {@link Settings#timeToLive}
   */
  JudgementMeter(InstantSource time, Duration timeToLive) {
    this.time = time;
    this.timeToLive = timeToLive;
  }

  FunctionInvoker around(FunctionInvoker function, FunctionGroups groups, String stream) {
    EventParser parser = new EventParser(groups.all());
    return (event, requestId) -> {
      byte[] answer = function.invoke(event, requestId);
      count(event, groups, parser, stream);
      return answer;
    };
  }

  PlatformCounters.Judgements read() {
    return new PlatformCounters.Judgements(late.sum(), skipped.sum(), invalid.sum());
  }

  /** Counts the records of a Lambda event; the only members named {@code data} are theirs. */
  private void count(byte[] lambdaEvent, FunctionGroups groups, EventParser parser, String stream) {
    try (JsonParser json = JSON.createParser(lambdaEvent)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("data")) {
          json.nextToken();
          count(ByteBuffer.wrap(json.getBinaryValue()), groups, parser, stream);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the emulator wrote an event that is no JSON", e);
    }
  }

  private void count(ByteBuffer record, FunctionGroups groups, EventParser parser, String stream) {
    BitSet reading = groups.reading(stream);
    try {
      long now = time.millis();
      for (ByteBuffer each : RecordUnpacker.unpack(record)) {
        ParsedRecord[] outcomes = parser.parseForEach(stream, each, now);
        reading.stream().forEach(i -> count(outcomes[i], groups.all().get(i), now));
      }
    } catch (UnreadableException e) {
      invalid.add(reading.cardinality());
    }
  }

  private void count(ParsedRecord outcome, FeatureGroup group, long now) {
    if (outcome instanceof Rejection) {
      invalid.increment();
    } else if (!(outcome instanceof Event event)) {
      skipped.increment();
    } else if (group.kindsFor(event, now, timeToLive) == 0) {
      late.increment();
    }
  }
}
