package dev.freshet.event;

import static dev.freshet.event.Judging.AMOUNTS;
import static dev.freshet.event.Judging.DURATIONS;
import static dev.freshet.event.Judging.delivery;
import static dev.freshet.event.Judging.judge;
import static dev.freshet.event.Judging.order;
import static dev.freshet.event.Judging.rejected;
import static dev.freshet.event.Judging.valid;
import static dev.freshet.testing.EventJson.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.EventJson;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, durations and amounts of events. */
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
        "2026-05-04T09:00Z",
        "2026-05-04T24:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-05-04T09:00:00.Z",
        "2026-05-04T09:00:00.1234567890Z",
        "2026-05-04T09:00:00,5Z",
        "2026-05-04T09:00:00+0300",
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
    assertThat(valid(DURATIONS, at("-1")).occurredAtMillis()).isEqualTo(-1);
    assertThat(valid(DURATIONS, at("-0")).occurredAtMillis()).isZero();
    assertThat(valid(DURATIONS, at(Long.toString(Timestamps.EARLIEST))).occurredAtMillis())
        .isEqualTo(Timestamps.EARLIEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-62167219200001",
        "253402300800000",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999"
      })
  void anIntegerOutsideTheYears0To9999IsNoTime(String integer) {
    rejected(DURATIONS, at(integer), Reason.UNPARSABLE_TIME, "occurredAt");
  }

  @Test
  void aDurationIsExactToTheMillisecond() {
    assertThat(valid(DURATIONS, waited("1000", "1001")).valueMicros()).isEqualTo(1_000);
    assertThat(valid(DURATIONS, waited("1000", "1000")).valueMicros()).isZero();
    assertThat(
            valid(
                    DURATIONS,
                    waited("\"2026-05-04T09:00:00Z\"", "\"2026-05-04T12:00:01.5004+03:00\""))
                .valueMicros())
        .isEqualTo(1_500_000);
    assertThat(valid(DURATIONS, waited("-62167219200000", "253402300799999")).valueMicros())
        .isEqualTo(315_569_519_999_999_000L);
  }

  @Test
  void aNegativeDurationIsInvalid() {
    rejected(DURATIONS, waited("1001", "1000"), Reason.NEGATIVE_DURATION, "1 ms");
  }

  @Test
  void anEventWithoutATimeThatItsValueNeedsIsSkipped() {
    assertThat(judge(DURATIONS, delivery().without("courierRequestedAt")))
        .isEqualTo(Skipped.NO_VALUE);
    assertThat(judge(DURATIONS, delivery().with("courierAcceptedAt", "null")))
        .isEqualTo(Skipped.NO_VALUE);
  }

  @Test
  void aWrongTimeIsInvalidEvenIfTheOtherOrTheEntityIsAbsent() {
    EventJson lone = delivery().without("courierRequestedAt").with("courierAcceptedAt", "\"x\"");
    rejected(DURATIONS, lone, Reason.UNPARSABLE_TIME, "courierAcceptedAt");
    rejected(
        DURATIONS,
        delivery().without("courierId").with("courierAcceptedAt", "true"),
        Reason.WRONG_TYPE,
        "courierAcceptedAt");
    rejected(DURATIONS, waited("1.5", "2"), Reason.WRONG_TYPE, "courierRequestedAt");
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
    "1E8, 100000000000000"
  })
  void anAmountIsExact(String json, long micros) {
    assertThat(valid(AMOUNTS, order().with("totalAmount", json)).valueMicros()).isEqualTo(micros);
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
        "1e-999999999",
        "0.0000001",
        "1.2345678",
        "999999999.9999999"
      })
  void anAmountBeyondTheLimitsIsInvalid(String json) {
    rejected(
        AMOUNTS,
        order().with("totalAmount", json),
        Reason.AMOUNT_OUT_OF_RANGE,
        "totalAmount must be of a magnitude below 10^9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"12.5\"", "true", "[]", "{}"})
  void anAmountIsANumber(String json) {
    rejected(AMOUNTS, order().with("totalAmount", json), Reason.WRONG_TYPE, "totalAmount");
  }

  @Test
  void aWindowCountsAnEventWithoutAnAmount() {
    assertThat(valid(AMOUNTS, order().without("totalAmount")).hasValue()).isFalse();
    assertThat(valid(AMOUNTS, order().with("totalAmount", "null")).hasValue()).isFalse();
  }

  private static EventJson at(String json) {
    return delivery().with("occurredAt", json);
  }

  private static EventJson waited(String from, String to) {
    return delivery().with("courierRequestedAt", from).with("courierAcceptedAt", to);
  }
}
