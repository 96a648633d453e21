package dev.freshet.event;

import static dev.freshet.event.Judging.numbers;
import static dev.freshet.event.Judging.type;
import static dev.freshet.event.Payments.AT;
import static dev.freshet.event.Payments.PAID;
import static dev.freshet.event.Payments.PAYMENTS;
import static dev.freshet.event.Payments.intake;
import static dev.freshet.event.Payments.judged;
import static dev.freshet.event.Payments.parse;
import static dev.freshet.event.Payments.payment;
import static dev.freshet.event.Payments.rejected;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the times of events in the units of their formats. */
class EventTimeTest {

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
}
