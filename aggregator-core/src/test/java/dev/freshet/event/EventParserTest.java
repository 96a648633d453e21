package dev.freshet.event;

import static dev.freshet.event.Judging.DURATIONS;
import static dev.freshet.event.Judging.STAGES;
import static dev.freshet.event.Judging.delivery;
import static dev.freshet.event.Judging.judge;
import static dev.freshet.event.Judging.outcome;
import static dev.freshet.event.Judging.rejected;
import static dev.freshet.event.Judging.valid;
import static dev.freshet.testing.EventJson.quoted;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the members that every event must have, and the entity id. */
class EventParserTest {

  @Test
  void aValidEventIsReadAsTheGroupSeesIt() {
    assertThat(outcome(judge(DURATIONS, delivery()))).isEqualTo("d1 0 " + NOON + " 7 [30000] [] 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventId", "eventType", "occurredAt", "itemId"})
  void aRequiredMemberMustBeThereAndNotNull(String member) {
    rejected(DURATIONS, delivery().without(member), Reason.MISSING_MEMBER, member);
    rejected(DURATIONS, delivery().with(member, "null"), Reason.MISSING_MEMBER, member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventId", "eventType", "occurredAt", "itemId"})
  void aRequiredMemberMustBeOfItsType(String member) {
    for (String wrong : new String[] {"true", "{}", "[]", "[7]", "1.5", "1e3", "{\"a\":1}"}) {
      rejected(DURATIONS, delivery().with(member, wrong), Reason.WRONG_TYPE, member);
    }
  }

  @Test
  void eventIdsAndTypesAreStringsNotNumbers() {
    rejected(DURATIONS, delivery().with("eventId", "7"), Reason.WRONG_TYPE, "eventId");
    rejected(DURATIONS, delivery().with("eventType", "7"), Reason.WRONG_TYPE, "eventType");
  }

  @Test
  void anEventIdHasOneTo128Characters() {
    rejected(DURATIONS, withEventId(""), Reason.WRONG_TYPE, "1 to 128");
    assertThat(valid(DURATIONS, withEventId("x")).eventId()).isEqualTo("x");
    assertThat(valid(DURATIONS, withEventId("x".repeat(128))).eventId()).hasSize(128);
    rejected(DURATIONS, withEventId("x".repeat(129)), Reason.WRONG_TYPE, "1 to 128");
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(valid(DURATIONS, withEventId("😀".repeat(128))).eventId()).hasSize(256);
    rejected(DURATIONS, withEventId("😀".repeat(129)), Reason.WRONG_TYPE, "eventId");
    assertThat(valid(DURATIONS, withWorker(quoted("😀".repeat(256)))).entity()).hasSize(512);
    rejected(DURATIONS, withWorker(quoted("😀".repeat(257))), Reason.WRONG_TYPE, "workerId");
  }

  @Test
  void anIdHasOneTo256Characters() {
    rejected(DURATIONS, withWorker(quoted("")), Reason.WRONG_TYPE, "workerId");
    assertThat(valid(DURATIONS, withWorker(quoted("x".repeat(256)))).entity()).hasSize(256);
    rejected(DURATIONS, withWorker(quoted("x".repeat(257))), Reason.WRONG_TYPE, "workerId");
    rejected(DURATIONS, delivery().with("itemId", quoted("")), Reason.WRONG_TYPE, "itemId");
    rejected(
        DURATIONS, delivery().with("itemId", quoted("x".repeat(257))), Reason.WRONG_TYPE, "itemId");
  }

  @Test
  void anIntegerIdIsTheSameAsItsText() {
    assertThat(valid(DURATIONS, withWorker("7")).entity()).isEqualTo("7");
    assertThat(valid(DURATIONS, withWorker("\"7\"")).entity()).isEqualTo("7");
    assertThat(valid(STAGES, delivery().with("placeId", "1").with("itemId", "7")).texts())
        .containsExactly("7");
    assertThat(valid(DURATIONS, withWorker("-12")).entity()).isEqualTo("-12");
    String big = "1234567890".repeat(5);
    assertThat(valid(DURATIONS, withWorker(big)).entity()).isEqualTo(big);
    rejected(DURATIONS, withWorker("1".repeat(257)), Reason.WRONG_TYPE, "workerId");
  }

  @Test
  void zeroHasOneSpelling() {
    assertThat(valid(DURATIONS, withWorker("-0")).entity()).isEqualTo("0");
    assertThat(valid(DURATIONS, withWorker("\"-0\"")).entity()).isEqualTo("-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "a\\ud83dx", "\\ude00\\ud83d", "😀\\ud83d"})
  void aLoneSurrogateIsNoCharacter(String id) {
    rejected(DURATIONS, withWorker(quoted(id)), Reason.WRONG_TYPE, "workerId");
    rejected(DURATIONS, withEventId(id), Reason.WRONG_TYPE, "eventId");
  }

  @Test
  void escapesAreDecoded() {
    assertThat(valid(DURATIONS, withWorker("\"\\ud83d\\ude00\\n\\u0000\"")).entity())
        .isEqualTo("😀\n\0");
    assertThat(judge(DURATIONS, delivery().without("itemId").with("\\u0069temId", "5")))
        .isInstanceOf(Event.class);
  }

  @Test
  void anEventWithoutTheEntityIsSkipped() {
    assertThat(judge(DURATIONS, delivery().without("workerId"))).isEqualTo(Skipped.NO_ENTITY);
    assertThat(judge(DURATIONS, withWorker("null"))).isEqualTo(Skipped.NO_ENTITY);
  }

  @Test
  void anEventOfATypeThatTheGroupDoesNotReadIsSkipped() {
    EventJson created = EventJson.event("ITEM_CREATED", "c", NOON).with("workerId", "[]");
    assertThat(judge(DURATIONS, created)).isEqualTo(Skipped.OTHER_TYPE);
    assertThat(judge(DURATIONS, delivery().with("eventType", "\"item_delivered\"")))
        .isEqualTo(Skipped.OTHER_TYPE);
  }

  @Test
  void aBadEnvelopeIsInvalidForEveryType() {
    EventJson created = EventJson.event("ITEM_CREATED", "c", NOON).without("itemId");
    rejected(DURATIONS, created, Reason.MISSING_MEMBER, "itemId");
  }

  @Test
  void aWrongMemberThatTheGroupDoesNotNeedIsIgnored() {
    EventJson odd =
        delivery().with("placeId", "[1]").with("createdAt", "\"?\"").with("totalAmount", "{}");
    assertThat(judge(DURATIONS, odd)).isInstanceOf(Event.class);
  }

  @Test
  void theSameMemberIsInvalidForTheGroupThatNeedsIt() {
    EventJson odd = delivery().with("placeId", "[1]");
    rejected(STAGES, odd, Reason.WRONG_TYPE, "placeId");
    rejected(STAGES, odd.with("placeId", "true"), Reason.WRONG_TYPE, "placeId");
  }

  @Test
  void eachStageHasTheIndexOfItsType() {
    String[] types = {"ITEM_CREATED", "ITEM_PICKED", "ITEM_DELIVERED", "ITEM_CANCELLED"};
    for (int i = 0; i < types.length; i++) {
      EventJson json = EventJson.event(types[i], "e", NOON).with("placeId", "45");
      assertThat(valid(STAGES, json).type()).as(types[i]).isEqualTo(i);
    }
  }

  @Test
  void anEventMayBeAtMostAnHourAhead() {
    assertThat(valid(DURATIONS, at(NOON + HOUR)).occurredAtMillis()).isEqualTo(NOON + HOUR);
    rejected(DURATIONS, at(NOON + HOUR + 1), Reason.TOO_FAR_AHEAD, "occurredAt");
    assertThat(valid(DURATIONS, at(100_000_000_000L)).occurredAtMillis()).isPositive();
  }

  @Test
  void ofARepeatedMemberTheLastCounts() {
    String twice = delivery().toString().replace("{", "{\"workerId\":[8],\"eventId\":\"first\",");
    assertThat(outcome(judge(DURATIONS, twice.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isEqualTo("d1 0 " + NOON + " 7 [30000] [] 0");
  }

  private static EventJson withEventId(String id) {
    return delivery().with("eventId", quoted(id));
  }

  private static EventJson withWorker(String json) {
    return delivery().with("workerId", json);
  }

  private static EventJson at(long millis) {
    return delivery().with("occurredAt", Long.toString(millis));
  }
}
