package dev.freshet.engine;

import dev.freshet.definition.FunctionGroups;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Reason;
import dev.freshet.event.Rejection;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Unpacks records, and parses their events, once for all groups of a function. */
final class BatchParser {

  private final FunctionGroups groups;
  private final EventParser parser;
  private final Duration timeToLive;

  /**
   * @param timeToLive how long the state of an entity outlives its last write
   */
  BatchParser(FunctionGroups groups, Duration timeToLive) {
    this.groups = groups;
    this.parser = new EventParser(groups.all());
    this.timeToLive = timeToLive;
  }

  ParsedBatch parse(List<StreamRecord> records, long nowMillis) {
    ParsedBatch batch = new ParsedBatch(groups, records.size(), timeToLive, nowMillis);
    for (StreamRecord record : records) {
      if (!addOne(batch, record, nowMillis)) {
        addSeveral(batch, record, nowMillis);
      }
    }
    return batch;
  }

  /**
   * Adds a record that is one event, as most are; returns false, having done nothing, if it may
   * hold several.
   */
  private boolean addOne(ParsedBatch batch, StreamRecord record, long nowMillis) {
    if (!RecordUnpacker.isObject(record.data())) {
      return false;
    }
    ParsedRecord[] outcomes = parser.parseForEach(record.stream(), record.data(), nowMillis);
    if (outcomes[0] instanceof Rejection rejection && rejection.reason() == Reason.NOT_JSON) {
      return false;
    }
    batch.beginRecord(record, 1);
    batch.add(record.data(), OptionalInt.empty(), outcomes);
    return true;
  }

  private void addSeveral(ParsedBatch batch, StreamRecord record, long nowMillis) {
    try {
      List<ByteBuffer> events = RecordUnpacker.unpack(record.data());
      batch.beginRecord(record, events.size());
      for (int i = 0; i < events.size(); i++) {
        OptionalInt place = events.size() == 1 ? OptionalInt.empty() : OptionalInt.of(i);
        ByteBuffer data = events.get(i);
        batch.add(data, place, parser.parseForEach(record.stream(), data, nowMillis));
      }
    } catch (UnreadableException e) {
      batch.beginRecord(record, 1);
      batch.addUnreadable(new Rejection(Reason.UNREADABLE, e.getMessage()));
    }
  }
}
