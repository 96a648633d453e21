package dev.freshet.event;

import static dev.freshet.event.Judging.filters;
import static dev.freshet.event.Judging.numbers;
import static dev.freshet.event.Judging.outcome;
import static dev.freshet.event.Judging.texts;
import static dev.freshet.event.Judging.type;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests events of formats that other producers write. */
class EventFormatTest {

  private static final Entity CARD = Entity.named("card").by("card.id");
  private static final EventFormat PAYMENTS =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.ts", TimeFormat.EPOCH_SECONDS);
  private static final EventType PAID = type("PAID", PAYMENTS);
  private static final String AT = Long.toString(NOON / 1_000);

  private static Intake intake(Entity entity, Columns columns, EventType... types) {
    return new Intake(entity, List.of(types), columns, event -> true);
  }

  private static String payment(String members) {
    return "{\"meta\":{\"id\":\"p1\",\"type\":\"PAID\",\"ts\":" + AT + "}," + members + "}";
  }

  private static ParsedRecord parse(Intake intake, String stream, String json) {
    return new EventParser(intake).parse(stream, ByteBuffer.wrap(json.getBytes(UTF_8)), NOON);
  }

  private static String judged(Intake intake, String json) {
    return outcome(parse(intake, "", json));
  }

  private static void rejected(Intake intake, String json, Reason reason, String mentions) {
    ParsedRecord parsed = parse(intake, "", json);
    assertThat(parsed).as(json).isInstanceOf(Rejection.class);
    assertThat(((Rejection) parsed).reason()).as("%s", parsed).isEqualTo(reason);
    assertThat(((Rejection) parsed).detail()).contains(mentions);
  }

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

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, 1777896000, 1777896000000",
    "EPOCH_SECONDS, 1777896000.1239, 1777896000123",
    "EPOCH_SECONDS, 1.777896e9, 1777896000000",
    "EPOCH_SECONDS, 946684800, 946684800000",
    "EPOCH_MILLIS, 1777896000123, 1777896000123",
    "EPOCH_MICROS, 1777896000123999, 1777896000123",
    "RFC3339, '\"2026-05-04T14:00:00.5+02:00\"', 1777896000500",
    "RFC3339_OR_MILLIS, 100000000000, 100000000000",
    "NEW_YORK, '\"2026-05-04T08:00:00\"', 1777896000000",
    "NEW_YORK, '\"2026-05-04 08:00\"', 1777896000000",
    "NEW_YORK, '\"2026-05-04T12:00:00Z\"', 1777896000000",
    "NEW_YORK, '\"2025-11-02T01:30:00\"', 1762061400000",
    "NEW_YORK, '\"2026-03-08T02:30:00\"', 1772955000000"
  })
  void aTimeIsReadInItsUnitToTheMillisecond(String unit, String json, long millis) {
    ParsedRecord parsed = parse(timed(unit), "", "{\"id\":1,\"type\":\"T\",\"at\":" + json + "}");
    assertThat(parsed).isInstanceOf(Event.class);
    assertThat(((Event) parsed).occurredAtMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, 1777896000000, 'at is 1777896000000: epoch seconds expected, this looks like milliseconds'",
    "EPOCH_SECONDS, 946684799, 'epoch seconds expected, from 2000 to a day ahead of the clock'",
    "EPOCH_SECONDS, 1777982401, 'epoch seconds expected, from 2000 to a day ahead of the clock'",
    "EPOCH_SECONDS, -1, 'epoch seconds expected, from 2000'",
    "EPOCH_SECONDS, 1e99999, 'epoch seconds expected, up to the year 9999'",
    "EPOCH_MILLIS, 1777896000, 'at is 1777896000: epoch milliseconds expected, this looks like seconds'",
    "EPOCH_MILLIS, 0, 'epoch milliseconds expected, from 2000'",
    "EPOCH_MICROS, 1777896000000, 'epoch microseconds expected, this looks like milliseconds'",
    "EPOCH_MILLIS, 1777896000000000000, 'epoch milliseconds expected, this looks like nanoseconds'",
    "RFC3339, '\"1999-12-31T23:59:59Z\"', 'such as 2026-05-04T12:00:00Z expected, from 2000'",
    "RFC3339, '\"2026-05-05T12:00:00.001Z\"', 'expected, from 2000 to a day ahead of the clock'",
    "RFC3339, '\"2026-05-04T12:00:00\"', 'expected; an offset, or a zone in the declaration'",
    "RFC3339, '\"noon\"', 'at is ''noon'': an RFC 3339 time such as 2026-05-04T12:00:00Z expected'"
  })
  void anImplausibleTimeSaysWhichUnitWasExpected(String unit, String json, String detail) {
    rejected(
        timed(unit),
        "{\"id\":1,\"type\":\"T\",\"at\":" + json + "}",
        Reason.UNPARSABLE_TIME,
        detail);
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, '\"1777896000\"', 'at must be a number of epoch seconds, not ''1777896000'''",
    "EPOCH_MILLIS, 1777896000000.5, 'at must be an integer of epoch milliseconds, not 1777896000000.5'",
    "RFC3339, 1777896000, 'at must be an RFC 3339 time such as 2026-05-04T12:00:00Z, not 1777896000'"
  })
  void aTimeIsOfTheTypeOfItsUnit(String unit, String json, String detail) {
    rejected(
        timed(unit), "{\"id\":1,\"type\":\"T\",\"at\":" + json + "}", Reason.WRONG_TYPE, detail);
  }

  private static Intake timed(String unit) {
    TimeFormat time =
        switch (unit) {
          case "EPOCH_SECONDS" -> TimeFormat.EPOCH_SECONDS;
          case "EPOCH_MILLIS" -> TimeFormat.EPOCH_MILLIS;
          case "EPOCH_MICROS" -> TimeFormat.EPOCH_MICROS;
          case "RFC3339" -> TimeFormat.RFC3339;
          case "RFC3339_OR_MILLIS" -> TimeFormat.RFC3339_OR_MILLIS;
          default -> TimeFormat.rfc3339(ZoneId.of("America/New_York"));
        };
    EventFormat format = EventFormat.json().id("id").type("type").occurredAt("at", time);
    return intake(Entity.global("all"), Columns.NONE, type("T", format));
  }

  @Test
  void anEventMayBeAsFarAheadAsItsFormatAllows() {
    EventFormat format = PAYMENTS.maxAhead(Duration.ofMinutes(5));
    Intake intake = intake(Entity.global("network"), Columns.NONE, type("PAID", format));
    String json = payment("\"a\":1");
    assertThat(judged(intake, json.replace(AT, NOON / 1_000 + 300 + ""))).startsWith("p1");
    rejected(
        intake,
        json.replace(AT, NOON / 1_000 + 301 + ""),
        Reason.TOO_FAR_AHEAD,
        "meta.ts is 301 s ahead; 300 are allowed");
    rejected(intake, json.replace(AT, NOON / 1_000 + 86_400 + ""), Reason.TOO_FAR_AHEAD, "86400 s");
    rejected(intake, json.replace(AT, NOON / 1_000 + 86_401 + ""), Reason.UNPARSABLE_TIME, "2000");
  }

  @Test
  void aTimeOfAnInputMayBePlannedAndATextOfAnyYear() {
    Intake intake = intake(Entity.global("network"), numbers(Input.instant("due")), PAID);
    assertThat(judged(intake, payment("\"due\":1800000000"))).contains("[1800000000000]");
    rejected(intake, payment("\"due\":9000"), Reason.UNPARSABLE_TIME, "due is 9000: epoch seconds");
    Intake born =
        intake(
            Entity.global("network"), numbers(Input.instant("born").in(TimeFormat.RFC3339)), PAID);
    assertThat(judged(born, payment("\"born\":\"1969-12-31T23:59:59Z\""))).contains("[-1000]");
  }

  @Test
  void inputsHaveTheirTypesAndScales() {
    Columns columns =
        new Columns(
            List.of(
                decimal("n").scale(0),
                decimal("n").scale(2),
                decimal("n").scale(9),
                Input.flag("yes"),
                Input.seconds("from", "to").in(TimeFormat.EPOCH_MILLIS),
                Input.signedSeconds("to", "from").in(TimeFormat.EPOCH_MILLIS),
                Input.hourOfDay(ZoneId.of("Asia/Kathmandu")),
                Input.dayOfWeek(ZoneId.of("Pacific/Kiritimati")),
                Input.typeIs(PAID)),
            List.of(Input.text("t")),
            List.of());
    String json =
        payment(
            "\"n\":-2.5000000005,\"yes\":true,\"from\":1777896000000,\"to\":1777896000123,\"t\":7");
    assertThat(judged(intake(Entity.global("network"), columns, PAID), json))
        .isEqualTo(
            "p1 0 " + NOON + " all [-3, -250, -2, -500000000, 1, 123, -123, 17, 2, 1] [7] 0");
  }

  @Test
  void aNumberOfTheWrongTypeOrRangeIsInvalid() {
    Entity all = Entity.global("network");
    Intake number = intake(all, numbers(decimal("n")), PAID);
    assertThat(judged(number, payment("\"n\":\"1e12\""))).contains("[1000000000000000000]");
    rejected(
        number, payment("\"n\":1000000000000.0000001"), Reason.AMOUNT_OUT_OF_RANGE, "up to 10^12");
    rejected(
        number, payment("\"n\":\"12,50\""), Reason.WRONG_TYPE, "n must be a number or a decimal");
    rejected(number, payment("\"n\":\"\""), Reason.WRONG_TYPE, "decimal text");
    Intake flag = intake(all, numbers(Input.flag("yes")), PAID);
    rejected(flag, payment("\"yes\":\"true\""), Reason.WRONG_TYPE, "yes must be true or false");
    Intake seconds = intake(all, numbers(Input.seconds("from", "to")), PAID);
    rejected(
        seconds,
        payment("\"from\":1777896001,\"to\":1777896000"),
        Reason.NEGATIVE_DURATION,
        "to lies 1000 ms before from");
  }

  @Test
  void filtersAreBitsOfAnEvent() {
    Columns columns =
        filters(
            Filter.is("t", "a"),
            Filter.isNot("t", "a"),
            Filter.oneOf("t", "a", "b"),
            Filter.isTrue("yes"),
            Filter.isFalse("yes"),
            Filter.above(decimal("n"), 1.5),
            Filter.atLeast(decimal("n"), 1.5),
            Filter.absent("in.x"),
            Filter.present("t"),
            Filter.not(Filter.is("t", "a")),
            Filter.all(Filter.present("t"), Filter.isTrue("yes")),
            Filter.any(Filter.present("t"), Filter.isTrue("yes")),
            Filter.typeIs(PAID));
    Intake intake = intake(Entity.global("network"), columns, PAID);
    assertThat(passed(intake, "\"t\":\"a\",\"yes\":true,\"n\":1.5,\"in\":{\"x\":0}"))
        .isEqualTo("1_3_4_7_9_11_12_13");
    assertThat(passed(intake, "\"t\":\"b\",\"yes\":false,\"n\":\"1.500001\",\"in\":7"))
        .isEqualTo("2_3_5_6_7_8_9_10_12_13");
    assertThat(passed(intake, "\"in\":{\"x\":null}")).isEqualTo("8_10_13");
    rejected(intake, payment("\"n\":\"x\""), Reason.WRONG_TYPE, "n must be a number");
  }

  /** The numbers of the filters that an event passes, from 1. */
  private static String passed(Intake intake, String members) {
    Event event = (Event) parse(intake, "", payment(members));
    StringBuilder passed = new StringBuilder();
    for (int i = 0; i < 13; i++) {
      passed.append((event.filters() >> i & 1) == 1 ? "_" + (i + 1) : "");
    }
    return passed.substring(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 6, true, true",
    "0.1, 7, true, true",
    "0.1, 9, true, true",
    "0.0999999, 6, true, true",
    "0.0999999, 7, false, false",
    "0.0999999, 9, false, false",
    "0.1000001, 7, false, true",
    "1e11, 0, false, true",
    "0, 0, false, false"
  })
  void aComparisonIsExactForTheInputAsItIsRounded(
      String number, int scale, boolean equal, boolean atLeast) {
    Input.Decimal input = decimal("n").scale(scale);
    Columns columns = filters(Filter.equalTo(input, 0.1), Filter.atLeast(input, 0.1));
    Intake intake = intake(Entity.global("network"), columns, PAID);
    Event event = (Event) parse(intake, "", payment("\"n\":" + number));
    assertThat(event.numbers()).as("a filter's input is no column").isEmpty();
    assertThat((event.filters() & 1) == 1).as("=").isEqualTo(equal);
    assertThat((event.filters() & 2) == 2).as("≥").isEqualTo(atLeast);
  }

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
