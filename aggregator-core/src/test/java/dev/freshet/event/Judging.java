package dev.freshet.event;

import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.TestGroups;
import java.nio.ByteBuffer;

/** Parses at noon for groups of each kind. */
final class Judging {

  static final FeatureGroup DURATIONS = TestGroups.lastValues(5);
  static final FeatureGroup AMOUNTS = TestGroups.demand();
  static final FeatureGroup STAGES = TestGroups.itemStages();

  private Judging() {}

  static ParsedRecord judge(FeatureGroup group, byte[] data) {
    return new EventParser(group).parse(ByteBuffer.wrap(data), NOON);
  }

  static ParsedRecord judge(FeatureGroup group, EventJson json) {
    return judge(group, json.bytes());
  }

  static Event valid(FeatureGroup group, EventJson json) {
    ParsedRecord judgement = judge(group, json);
    assertThat(judgement).as("%s", json).isInstanceOf(Event.class);
    return (Event) judgement;
  }

  static void rejected(FeatureGroup group, EventJson json, Reason reason, String mentions) {
    ParsedRecord judgement = judge(group, json);
    assertThat(judgement).as("%s", json).isInstanceOf(Rejection.class);
    Rejection rejection = (Rejection) judgement;
    assertThat(rejection.reason()).as("%s: %s", json, rejection.detail()).isEqualTo(reason);
    assertThat(rejection.detail()).contains(mentions);
  }

  /** A delivery that is valid for {@link #DURATIONS}: a wait of 30 s. */
  static EventJson delivery() {
    return EventJson.delivery("d1", NOON, "7", 30);
  }

  /** An item that is valid for {@link #AMOUNTS}. */
  static EventJson created() {
    return EventJson.event("ITEM_CREATED", "c1", NOON)
        .with("areaCode", "34")
        .with("totalAmount", "12.5");
  }
}
