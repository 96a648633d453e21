package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares texts of times with {@code java.time}. */
class TimestampsTest {

  @Test
  void randomInstantsAreReadAsJavaTimeReadsThem() {
    long seed = 3339;
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      String text = text(random);
      long expected = Instant.from(OffsetDateTime.parse(text)).toEpochMilli();
      assertThat(Timestamps.parse(text)).as("seed %d: %s", seed, text).isEqualTo(within(expected));
    }
  }

  private static String text(Random random) {
    long span = Timestamps.LATEST / 1_000 - Timestamps.EARLIEST / 1_000;
    long second = Timestamps.EARLIEST / 1_000 + (long) (random.nextDouble() * span);
    int minutes = random.nextInt(2 * 18 * 60 + 1) - 18 * 60;
    // The local time must be in a year that RFC 3339 can write.
    OffsetDateTime local =
        Instant.ofEpochSecond(second)
            .atOffset(ZoneOffset.UTC)
            .withOffsetSameLocal(ZoneOffset.ofTotalSeconds(minutes * 60));
    String whole =
        String.format(
            "%04d-%02d-%02dT%02d:%02d:%02d",
            local.getYear(),
            local.getMonthValue(),
            local.getDayOfMonth(),
            local.getHour(),
            local.getMinute(),
            local.getSecond());
    return whole + fraction(random) + local.getOffset().getId();
  }

  private static String fraction(Random random) {
    StringBuilder fraction = new StringBuilder();
    for (int digits = random.nextInt(10); digits > 0; digits--) {
      fraction.append((char) ('0' + random.nextInt(10)));
    }
    return fraction.isEmpty() ? "" : "." + fraction;
  }

  private static long within(long millis) {
    return millis < Timestamps.EARLIEST || millis > Timestamps.LATEST
        ? Timestamps.UNPARSABLE
        : millis;
  }

  @Test
  void digitsBeyondTheMillisecondAreCutAlsoBefore1970() {
    assertThat(Timestamps.parse("1970-01-01T00:00:00.001999999Z")).isEqualTo(1);
    assertThat(Timestamps.parse("1969-12-31T23:59:59.998999999Z")).isEqualTo(-2);
    assertThat(Timestamps.parse("1970-01-01T00:00:00.1Z")).isEqualTo(100);
    assertThat(Timestamps.parse("1970-01-01T00:00:00.12Z")).isEqualTo(120);
  }

  @Test
  void aLeapSecondIsTheFirstOfTheNextMinute() {
    assertThat(Timestamps.parse("2016-12-31T23:59:60Z"))
        .isEqualTo(Instant.parse("2017-01-01T00:00:00Z").toEpochMilli());
    assertThat(Timestamps.parse("2016-12-31T23:59:61Z")).isEqualTo(Timestamps.UNPARSABLE);
  }

  @Test
  void leapDaysExistInLeapYearsOnly() {
    assertThat(Timestamps.parse("2000-02-29T00:00:00Z")).isPositive();
    assertThat(Timestamps.parse("1900-02-29T00:00:00Z")).isEqualTo(Timestamps.UNPARSABLE);
    assertThat(Timestamps.parse("2026-02-29T00:00:00Z")).isEqualTo(Timestamps.UNPARSABLE);
  }

  @Test
  void theFirstAndTheLastInstantAreReadAndNoOther() {
    assertThat(Timestamps.parse("0000-01-01T00:00:00Z")).isEqualTo(Timestamps.EARLIEST);
    assertThat(Timestamps.parse("9999-12-31T23:59:59.999Z")).isEqualTo(Timestamps.LATEST);
    assertThat(Timestamps.parse("9999-12-31T23:59:59-00:01")).isEqualTo(Timestamps.UNPARSABLE);
    assertThat(Timestamps.parse("0000-01-01T00:00:00+00:01")).isEqualTo(Timestamps.UNPARSABLE);
    assertThat(Timestamps.parse("-0001-01-01T00:00:00Z")).isEqualTo(Timestamps.UNPARSABLE);
  }

  @Test
  void mutatedTextsAreReadAsJavaTimeReadsThemOrNotAtAll() {
    long seed = 99;
    Random random = new Random(seed);
    String signs = "0123456789-+:.TtZz x/９\ud83d\0";
    for (int step = 0; step < 20_000; step++) {
      StringBuilder text = new StringBuilder(text(random));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
      }
      text.setLength(random.nextInt(8) == 0 ? random.nextInt(text.length()) : text.length());
      long found = Timestamps.parse(text.toString());
      if (found != Timestamps.UNPARSABLE) {
        assertThat(found).as("seed %d: '%s'", seed, text).isEqualTo(lenient(text.toString()));
      }
    }
  }

  /**
   * Parses with {@code java.time}, and accepts what RFC 3339 allows in addition: a space, a leap
   * second, any offset.
   */
  private static long lenient(String text) {
    String plain =
        text.substring(0, 10) + "T" + text.substring(11).toUpperCase(java.util.Locale.ROOT);
    boolean leap = plain.startsWith(":60", 16);
    String whole = leap ? plain.substring(0, 17) + "59" + plain.substring(19) : plain;
    int offset =
        whole.endsWith("Z")
            ? whole.length() - 1
            : Math.max(whole.lastIndexOf('-'), whole.lastIndexOf('+'));
    String digits = whole.substring(offset + 1).replace(":", "");
    int minutes =
        digits.isEmpty()
            ? 0
            : Integer.parseInt(digits.substring(0, 2)) * 60
                + (digits.length() > 2 ? Integer.parseInt(digits.substring(2)) : 0);
    long sign = whole.charAt(offset) == '-' ? -1 : 1;
    try {
      String seconds = offset == 16 ? ":00Z" : "Z";
      long local = Instant.parse(whole.substring(0, offset) + seconds).toEpochMilli();
      return local - sign * minutes * 60_000L + (leap ? 1_000 : 0);
    } catch (DateTimeParseException e) {
      throw new AssertionError("java.time does not read " + text, e);
    }
  }
}
