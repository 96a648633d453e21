package dev.freshet.event;

import static dev.freshet.event.Judging.AMOUNTS;
import static dev.freshet.event.Judging.DURATIONS;
import static dev.freshet.event.Judging.created;
import static dev.freshet.event.Judging.delivery;
import static dev.freshet.event.Judging.judge;
import static dev.freshet.event.Judging.rejected;
import static dev.freshet.event.Judging.valid;
import static dev.freshet.testing.EventJson.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.EventJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests times, durations and amounts of events. */
class EventParserValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-05-04T09:00:00Z",
        "2026-05-04t09:00:00z",
        "2026-05-04 09:00:00Z",
        "2026-05-04T12:30:00+03:30",
        "2026-05-04T00:00:00-09:00",
        "2026-05-04T09:00:00.123456789Z",
        "2026-05-04T09:00:00.9-00:00",
        "1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z"
      })
  void aTimeMayBeAnyRfc3339Text(String text) {
    long expected =
        OffsetDateTime.parse(text.replace(' ', 'T').toUpperCase(java.util.Locale.ROOT))
            .toInstant()
            .toEpochMilli();
    assertThat(valid(DURATIONS, at(quoted(text))).occurredAtMillis()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-05-04",
        "2026-05-04T09:00:00",
        "2026-05-04T09Z",
        "2026-05-04T09:00",
        "2026-05-04T09:00:Z",
        "2026-05-04T09:00.5Z",
        "2026-05-04T09:00:0Z",
        "2026-05-04T09:00:00+3",
        "2026-05-04T09:00:00+030",
        "2026-05-04T09:00:00+03:0",
        "2026-05-04T09:00:00+03:000",
        "2026-05-04T09:00:00+2400",
        "2026-05-04T09:00:00 Z",
        "2026-05-04  09:00:00Z",
        "2026-05-04T24:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-05-04T09:00:00.Z",
        "2026-05-04T09:00:00.1234567890Z",
        "2026-05-04T09:00:00,5Z",
        "2026-05-04T09:00:00+24:00",
        "2026-05-04T09:00:00+03:60",
        "-026-05-04T09:00:00Z",
        "+2026-05-04T09:00:00Z",
        "0000-01-01T00:00:00+00:01",
        "1777885200000",
        "٢٠٢٦-05-04T09:00:00Z"
      })
  void anyOtherTextIsNoTime(String text) {
    rejected(DURATIONS, at(quoted(text)), Reason.UNPARSABLE_TIME, "occurredAt");
  }

  @Test
  void aTimeMayBeEpochMilliseconds() {
    assertThat(valid(DURATIONS, at("1777885200123")).occurredAtMillis())
        .isEqualTo(1_777_885_200_123L);
    assertThat(valid(DURATIONS, at("100000000000")).occurredAtMillis()).isEqualTo(100_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "1795830000, seconds",
    "99999999999, seconds",
    "100000000, seconds",
    "1795830000000000, microseconds",
    "253402300800000, microseconds",
    "1795830000000000000, nanoseconds"
  })
  void anIntegerInAnotherUnitSaysSo(String integer, String unit) {
    rejected(
        DURATIONS,
        at(integer),
        Reason.UNPARSABLE_TIME,
        "occurredAt is %s: epoch milliseconds expected, this looks like %s"
            .formatted(integer, unit));
  }

  @Test
  void aTimeOfAValueFollowsTheRulesOfOccurredAt() {
    rejected(
        DURATIONS,
        waited("1795828200", "1795830000"),
        Reason.UNPARSABLE_TIME,
        "requestedAt is 1795828200: epoch milliseconds expected, this looks like seconds");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T12:02Z, 2026-01-10T12:02:00Z",
    "2026-01-10t12:02z, 2026-01-10T12:02:00Z",
    "2026-01-10 12:02, ",
    "2026-01-10 12:02+00:00, 2026-01-10T12:02:00Z",
    "2026-01-10T12:02-0330, 2026-01-10T15:32:00Z",
    "2026-01-10T12:02+05, 2026-01-10T07:02:00Z",
    "2026-01-10T12:02:03+0000, 2026-01-10T12:02:03Z",
    "2026-01-10T12:02:03.5+00, 2026-01-10T12:02:03.500Z",
    "2026-01-10 12:02:03.123456-00, 2026-01-10T12:02:03.123Z"
  })
  void whatPeopleWriteBesidesRfc3339IsRead(String text, String same) {
    if (same == null) {
      rejected(DURATIONS, at(quoted(text)), Reason.UNPARSABLE_TIME, "occurredAt is '" + text);
    } else {
      assertThat(valid(DURATIONS, at(quoted(text))).occurredAtMillis())
          .isEqualTo(Instant.parse(same).toEpochMilli());
    }
  }

  @Test
  void aBadValueIsShownCutTo40Characters() {
    rejected(
        DURATIONS,
        at(quoted("x".repeat(300))),
        Reason.UNPARSABLE_TIME,
        "occurredAt is '%s…': a time such as 2026-05-04T12:00:00Z or an integer of epoch"
            .formatted("x".repeat(40)));
    rejected(DURATIONS, at(quoted("a\\nb😀")), Reason.UNPARSABLE_TIME, "occurredAt is 'a b😀':");
    String faces = "😀".repeat(40);
    rejected(DURATIONS, at(quoted(faces)), Reason.UNPARSABLE_TIME, "'" + faces + "':");
    rejected(DURATIONS, at(quoted(faces + "x")), Reason.UNPARSABLE_TIME, "'" + faces + "…':");
    rejected(DURATIONS, at("1".repeat(300)), Reason.UNPARSABLE_TIME, "1".repeat(40) + "…: epoch");
    rejected(DURATIONS, at("1.5"), Reason.WRONG_TYPE, "epoch milliseconds, not 1.5");
    rejected(DURATIONS, at("[1]"), Reason.WRONG_TYPE, "epoch milliseconds, not an array");
    rejected(DURATIONS, at("{}"), Reason.WRONG_TYPE, "epoch milliseconds, not an object");
    rejected(DURATIONS, at("true"), Reason.WRONG_TYPE, "epoch milliseconds, not true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-1",
        "-1795830000000",
        "99999999999",
        "253402300800000",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999"
      })
  void anIntegerThatIsNotOfMillisecondsFrom1973To9999IsNoTime(String integer) {
    rejected(DURATIONS, at(integer), Reason.UNPARSABLE_TIME, "occurredAt");
  }

  @Test
  void aDurationIsExactToTheMillisecond() {
    assertThat(valid(DURATIONS, waited("1777885200000", "1777885200001")).numbers())
        .containsExactly(1);
    assertThat(valid(DURATIONS, waited("1777885200000", "1777885200000")).numbers())
        .containsExactly(0);
    assertThat(
            valid(
                    DURATIONS,
                    waited("\"2026-05-04T09:00:00Z\"", "\"2026-05-04T12:00:01.5004+03:00\""))
                .numbers())
        .containsExactly(1_500);
    assertThat(valid(DURATIONS, waited("\"0000-01-01T00:00:00Z\"", "253402300799999")).numbers())
        .containsExactly(315_569_519_999_999L);
  }

  @Test
  void aNegativeDurationIsInvalid() {
    rejected(DURATIONS, waited("1777885200001", "1777885200000"), Reason.NEGATIVE_DURATION, "1 ms");
  }

  @Test
  void anEventWithoutATimeThatItsValueNeedsIsSkipped() {
    assertThat(judge(DURATIONS, delivery().without("requestedAt"))).isEqualTo(Skipped.NO_VALUE);
    assertThat(judge(DURATIONS, delivery().with("acceptedAt", "null"))).isEqualTo(Skipped.NO_VALUE);
  }

  @Test
  void aWrongTimeIsInvalidEvenIfTheOtherOrTheEntityIsAbsent() {
    EventJson lone = delivery().without("requestedAt").with("acceptedAt", "\"x\"");
    rejected(DURATIONS, lone, Reason.UNPARSABLE_TIME, "acceptedAt");
    rejected(
        DURATIONS,
        delivery().without("workerId").with("acceptedAt", "true"),
        Reason.WRONG_TYPE,
        "acceptedAt");
    rejected(DURATIONS, waited("1.5", "2"), Reason.WRONG_TYPE, "requestedAt");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.000000, 0",
    "0.0000000000, 0",
    "0e999, 0",
    "1, 1000000",
    "-1.5, -1500000",
    "0.000001, 1",
    "1.0000000, 1000000",
    "12.3456780, 12345678",
    "999999999.999999, 999999999999999",
    "-999999999.999999, -999999999999999",
    "9.99999999999999E8, 999999999999999",
    "1e-6, 1",
    "10e-7, 1",
    "1E8, 100000000000000",
    "0.30000000000000004, 300000",
    "0.0000001, 0",
    "1.2345675, 1234568",
    "1.2345665, 1234566",
    "-1.2345675, -1234568",
    "1e-999999999, 0",
    "999999999.9999999, 1000000000000000"
  })
  void anAmountIsExactToTheMillionth(String json, long micros) {
    assertThat(valid(AMOUNTS, created().with("totalAmount", json)).numbers())
        .containsExactly(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000",
        "-1000000000",
        "1e9",
        "1e999999999",
        "-1e999999999",
        "1e99999999999999999999",
        "-1E+9"
      })
  void anAmountBeyondTheLimitsIsInvalid(String json) {
    rejected(
        AMOUNTS,
        created().with("totalAmount", json),
        Reason.AMOUNT_OUT_OF_RANGE,
        "totalAmount must be of a magnitude below 10^9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"12.5\"", "true", "[]", "{}"})
  void anAmountIsANumber(String json) {
    rejected(AMOUNTS, created().with("totalAmount", json), Reason.WRONG_TYPE, "totalAmount");
  }

  @Test
  void aWindowCountsAnEventWithoutAnAmount() {
    assertThat(valid(AMOUNTS, created().without("totalAmount")).numbers())
        .containsExactly(Event.NO_VALUE);
    assertThat(valid(AMOUNTS, created().with("totalAmount", "null")).numbers())
        .containsExactly(Event.NO_VALUE);
  }

  private static EventJson at(String json) {
    return delivery().with("occurredAt", json);
  }

  private static EventJson waited(String from, String to) {
    return delivery().with("requestedAt", from).with("acceptedAt", to);
  }
}
