package dev.freshet.quality.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testing.EventJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A group as its function computes it, beside the events that its streams retain. */
final class OnlineGroup {

  private static final String SHARD = "stream/shardId-0";

  private final FeatureGroup group;
  private final FeatureTestDriver function;
  private final EventParser parser;
  private final List<ArrivedEvent> retained = new ArrayList<>();
  private final List<ByteBuffer> records = new ArrayList<>();

  OnlineGroup(FeatureGroup group) {
    this.group = group;
    this.function = FeatureTestDriver.of(group);
    this.parser = new EventParser(group);
  }

  Instant now() {
    return function.now();
  }

  long millis() {
    return now().toEpochMilli();
  }

  void advance(Duration time) {
    function.advance(time);
  }

  /** Puts an event that the function processes at once. */
  void put(EventJson event) {
    arrive(event, SHARD);
    var unused = function.feed(event.toString());
  }

  /** Puts an event that the function does not get. */
  void arrive(EventJson event, String shard) {
    ByteBuffer data = ByteBuffer.wrap(event.toString().getBytes(UTF_8));
    records.add(data);
    retained.add(new ArrivedEvent((Event) parser.parse("", data, millis()), shard, millis()));
  }

  /** Lets the function process an event that arrived before. */
  void process(EventJson event) {
    var unused = function.feed(event.toString());
  }

  List<ArrivedEvent> retained() {
    return retained;
  }

  /** Passes on what the streams retain. */
  void read(String stream, EventScan.Receiver receiver) {
    for (int i = 0; i < records.size(); i++) {
      ArrivedEvent each = retained.get(i);
      receiver.receive(stream, each.shard(), records.get(i).duplicate(), each.arrivedMillis());
    }
  }

  /** Returns the fields of an entity in the feature store. */
  Map<String, String> fields(String entity) {
    Map<String, String> fields = new HashMap<>();
    FeatureResult newest = null;
    for (FeatureResult each : function.results()) {
      newest = each.key().equals(entity) ? each : newest;
    }
    if (newest != null) {
      String prefix = group.name() + ":";
      fields.put(prefix + "@computed_at", Long.toString(newest.computedAt()));
      fields.put(prefix + "@event_time", Long.toString(newest.eventTime()));
      newest.validUntil().ifPresent(at -> fields.put(prefix + "@valid_until", at + ""));
      newest
          .features()
          .forEach(
              each ->
                  fields.put(
                      prefix + each.name(),
                      each.text() == null ? DecimalText.of(each.value()) : each.text()));
    }
    return fields;
  }
}
