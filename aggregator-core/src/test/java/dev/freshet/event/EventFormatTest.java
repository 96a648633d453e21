package dev.freshet.event;

import static dev.freshet.event.Judging.numbers;
import static dev.freshet.event.Judging.outcome;
import static dev.freshet.event.Judging.texts;
import static dev.freshet.event.Judging.type;
import static dev.freshet.event.Payments.AT;
import static dev.freshet.event.Payments.PAID;
import static dev.freshet.event.Payments.PAYMENTS;
import static dev.freshet.event.Payments.intake;
import static dev.freshet.event.Payments.judged;
import static dev.freshet.event.Payments.parse;
import static dev.freshet.event.Payments.payment;
import static dev.freshet.event.Payments.rejected;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests events of formats that other producers write. */
class EventFormatTest {

  private static final Entity CARD = Entity.named("card").by("card.id");

  @Test
  void pathsGoIntoObjects() {
    Intake intake = intake(CARD, numbers(decimal("card.limit.amount")), PAID);
    assertThat(
            judged(
                intake, payment("\"card\":{\"limit\":{\"x\":[{}],\"amount\":\"12.50\"},\"id\":7}")))
        .isEqualTo("p1 0 " + NOON + " 7 [12500000] [] 0");
    assertThat(judged(intake, payment("\"card\":{\"id\":\"7\",\"limit\":null}")))
        .isEqualTo("p1 0 " + NOON + " 7 [" + Event.NO_VALUE + "] [] 0");
    assertThat(judged(intake, payment("\"card\":null"))).isEqualTo("NO_ENTITY");
    assertThat(judged(intake, payment("\"card.id\":7"))).isEqualTo("NO_ENTITY");
  }

  @Test
  void aPathThatMeetsSomethingElseThanAnObjectIsOfTheWrongType() {
    Intake intake = intake(CARD, numbers(decimal("card.limit.amount")), PAID);
    rejected(
        intake,
        payment("\"card\":{\"id\":7,\"limit\":[1]}"),
        Reason.WRONG_TYPE,
        "card.limit.amount must be a number or a decimal text such as \"12.50\", not inside an array");
    rejected(
        intake,
        payment("\"card\":\"x\""),
        Reason.WRONG_TYPE,
        "card.id must be a string of 1 to 256 characters or an integer, not inside 'x'");
  }

  @Test
  void ofAMemberThatAppearsTwiceTheLastCountsWithAllThatIsInside() {
    Intake intake = intake(CARD, Columns.NONE, PAID);
    assertThat(judged(intake, payment("\"card\":{\"id\":1},\"card\":{\"id\":2}")))
        .isEqualTo("p1 0 " + NOON + " 2 [] [] 0");
    assertThat(judged(intake, payment("\"card\":{\"id\":1},\"card\":{}"))).isEqualTo("NO_ENTITY");
    assertThat(judged(intake, payment("\"card\":\"x\",\"card\":{\"id\":3}")))
        .isEqualTo("p1 0 " + NOON + " 3 [] [] 0");
  }

  @Test
  void anEntityOfSeveralMembersKeepsThemApart() {
    Intake pair =
        intake(Entity.named("card_merchant").by("card.id", "merchant"), Columns.NONE, PAID);
    assertThat(judged(pair, payment("\"card\":{\"id\":\"a|b%\"},\"merchant\":7")))
        .isEqualTo("p1 0 " + NOON + " a%7Cb%25|7 [] [] 0");
    assertThat(judged(pair, payment("\"card\":{\"id\":\"a\"}"))).isEqualTo("NO_ENTITY");
    rejected(pair, payment("\"merchant\":[]"), Reason.WRONG_TYPE, "merchant");
    Intake single = intake(CARD, Columns.NONE, PAID);
    assertThat(judged(single, payment("\"card\":{\"id\":\"a|b%\"}"))).contains(" a|b% ");
    Intake global = intake(Entity.global("network"), Columns.NONE, PAID);
    assertThat(judged(global, payment("\"a\":1"))).contains(" all ");
  }

  @Test
  void idsAreOfOneMemberOfSeveralOrTheContent() {
    Intake several =
        intake(
            Entity.global("network"), Columns.NONE, type("PAID", PAYMENTS.id("meta.id", "line")));
    assertThat(judged(several, payment("\"line\":12"))).startsWith("p1|12 ");
    assertThat(judged(several, payment("\"line\":\"1|2\""))).startsWith("p1|1%7C2 ");
    rejected(several, payment("\"a\":1"), Reason.MISSING_MEMBER, "line is missing");
    rejected(several, payment("\"line\":1.5"), Reason.WRONG_TYPE, "line must be");
    Intake content =
        intake(Entity.global("network"), Columns.NONE, type("PAID", PAYMENTS.idFromContent()));
    String once = judged(content, payment("\"a\":1"));
    assertThat(once).matches("[0-9a-f]{32} .*");
    assertThat(judged(content, "\uFEFF " + payment("\"a\":1") + "\r\n")).isEqualTo(once);
    assertThat(judged(content, payment("\"a\": 1"))).isNotEqualTo(once);
    assertThat(judged(content, "{\"meta\":{\"type\":\"PAID\",\"ts\":1777896000}}"))
        .as("the first digits of the SHA-256 of these bytes")
        .startsWith(EXPECTED);
  }

  /** From {@code printf '{"meta":{"type":"PAID","ts":1777896000}}' | sha256sum}. */
  private static final String EXPECTED = "2cf0d0946062b20f78d056296bf7f140";

  @Test
  void theStreamMaySayTheType() {
    EventFormat format =
        EventFormat.json().id("id").typeOfStream().occurredAt("at", TimeFormat.EPOCH_SECONDS);
    EventType opened = new EventType("OPENED", "opened", format);
    EventType again = new EventType("OPENED_AGAIN", "re-opened", format);
    Intake intake = intake(Entity.global("network"), texts(Input.text("t")), opened, again);
    String json = "{\"id\":1,\"at\":" + AT + "}";
    for (String stream : new String[] {"opened", "prod-opened", "a-b-opened"}) {
      assertThat(((Event) parse(intake, stream, json)).type()).as(stream).isZero();
    }
    assertThat(((Event) parse(intake, "prod-re-opened", json)).type()).isEqualTo(1);
    assertThat(parse(intake, "prod-reopened", json)).isEqualTo(Skipped.OTHER_TYPE);
    rejected(intake, json, Reason.MISSING_MEMBER, "their stream says the type of these events");
  }

  @Test
  void aGroupMayReadSeveralFormats() {
    EventFormat own = EventFormat.reference();
    Intake intake =
        intake(Entity.global("network"), Columns.NONE, type("MADE", own), type("PAID", PAYMENTS));
    String made = "{\"eventId\":\"m\",\"eventType\":\"MADE\",\"occurredAt\":" + NOON + "}";
    for (String stream : new String[] {"made", "prod-made", "", "other", null}) {
      assertThat(outcome(parse(intake, stream, made))).as(stream).startsWith("m 0 ");
    }
    for (String stream : new String[] {"paid", "prod-paid", "", "other"}) {
      assertThat(outcome(parse(intake, stream, payment("\"a\":1")))).as(stream).startsWith("p1 1 ");
      assertThat(outcome(parse(intake, stream, payment("\"a\":1").replace("PAID", "LOST"))))
          .as(stream)
          .isEqualTo("OTHER_TYPE");
    }
    assertThat(outcome(parse(intake, "prod-made", payment("\"a\":1")))).isEqualTo("invalid");
    assertThat(outcome(parse(intake, "", "{}"))).isEqualTo("invalid");
    assertThat(outcome(parse(intake, "", "[]"))).isEqualTo("invalid");
  }

  @Test
  void cloudEventsAreRead() {
    Intake intake =
        intake(
            Entity.named("account").by("data.account"),
            numbers(decimal("data.amount")),
            new EventType("com.example.paid", "payments", EventFormat.cloudEvents()));
    String json =
        """
        {"specversion":"1.0","type":"com.example.paid","source":"/pay|1","id":"A-1",
         "time":"2026-05-04T12:00:00Z","datacontenttype":"application/json",
         "data":{"account":"acc","amount":"9.99"}}
        """;
    assertThat(judged(intake, json)).isEqualTo("/pay%7C1|A-1 0 " + NOON + " acc [9990000] [] 0");
  }

  @Test
  void changesOfDebeziumAreReadFromTheRowAfterOrBefore() {
    Intake intake =
        intake(
            Entity.named("member").by("member_id"),
            numbers(decimal("total")),
            new EventType("rows", "rows", EventFormat.debezium("source.lsn")));
    String row = "{\"member_id\":7,\"total\":\"1.5\"}";
    String other = "{\"member_id\":8,\"total\":\"2.5\"}";
    for (String operation : List.of("c", "u", "r")) {
      assertThat(judged(intake, change(operation, other, row)))
          .isEqualTo("24 0 " + NOON + " 7 [1500000] [] 0");
    }
    assertThat(judged(intake, change("d", other, "null")))
        .isEqualTo("24 0 " + NOON + " 8 [2500000] [] 0");
    assertThat(judged(intake, change("t", "null", "null"))).isEqualTo("OTHER_TYPE");
    assertThat(
            judged(intake, "{\"schema\":{\"a\":[]},\"payload\":" + change("c", "null", row) + "}"))
        .isEqualTo("24 0 " + NOON + " 7 [1500000] [] 0");
    rejected(intake, "{\"payload\":null}", Reason.MISSING_MEMBER, "op is missing");
    rejected(
        intake, change("c", "null", row.replace("7", "[]")), Reason.WRONG_TYPE, "after.member_id");
    String nested = "{\"payload\":".repeat(20_000) + "1" + "}".repeat(20_000);
    rejected(intake, nested, Reason.MISSING_MEMBER, "op is missing");
  }

  private static String change(String operation, String before, String after) {
    return "{\"before\":%s,\"after\":%s,\"op\":\"%s\",\"ts_ms\":1,\"source\":{\"table\":\"rows\",\"lsn\":24,\"ts_ms\":%d}}"
        .formatted(before, after, operation, NOON);
  }

  @Test
  void requiredMembersAreIds() {
    Intake intake =
        intake(Entity.global("network"), Columns.NONE, type("PAID", PAYMENTS.requiring("trip.id")));
    assertThat(judged(intake, payment("\"trip\":{\"id\":5}"))).startsWith("p1 ");
    rejected(intake, payment("\"trip\":{}"), Reason.MISSING_MEMBER, "trip.id is missing");
    rejected(intake, payment("\"trip\":{\"id\":true}"), Reason.WRONG_TYPE, "trip.id must be");
    rejected(intake, payment("\"trip\":5"), Reason.WRONG_TYPE, "trip.id must be");
  }
}
