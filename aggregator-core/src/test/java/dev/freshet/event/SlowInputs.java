package dev.freshet.event;

import static dev.freshet.event.SlowEventParser.require;

import dev.freshet.format.TimeFormat;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads inputs and filters of an event by the contract, with exact decimals. */
record SlowInputs(SlowValues row, TimeFormat time, String type, long atMillis) {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  String text(Input input) {
    return row.id(input.paths().get(0), 256);
  }

  /** Returns the number, with the fraction digits of its input; null if it is absent. */
  BigDecimal number(Input input) {
    if (input instanceof Input.Amount amount) {
      Object value = row.get(amount.path());
      require(value == null || value instanceof RawJson.Numeral);
      BigDecimal exact = value == null ? null : decimal(((RawJson.Numeral) value).text());
      require(exact == null || exact.abs().compareTo(BigDecimal.TEN.pow(9)) < 0);
      return exact == null ? null : exact.setScale(6, RoundingMode.HALF_EVEN);
    }
    if (input instanceof Input.Decimal decimal) {
      return decimal(row.get(decimal.path()), decimal.scale());
    }
    if (input instanceof Input.Flag flag) {
      Object value = row.get(flag.path());
      require(value == null || value instanceof Boolean);
      return value == null ? null : (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (input instanceof Input.TypeIs typeIs) {
      return typeIs.type().equals(type) ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return time(input);
  }

  private BigDecimal time(Input input) {
    Instant at = Instant.ofEpochMilli(atMillis);
    if (input instanceof Input.HourOfDay hour) {
      return BigDecimal.valueOf(at.atZone(hour.zone()).getHour());
    }
    if (input instanceof Input.DayOfWeek day) {
      return BigDecimal.valueOf(at.atZone(day.zone()).getDayOfWeek().getValue());
    }
    if (input instanceof Input.Instant instant) {
      Long millis = millis(instant.path(), instant.time());
      return millis == null ? null : BigDecimal.valueOf(millis);
    }
    Input.Seconds seconds = (Input.Seconds) input;
    Long from = millis(seconds.from(), seconds.time());
    Long to = millis(seconds.to(), seconds.time());
    if (from == null || to == null) {
      return null;
    }
    require(seconds.signed() || from <= to);
    return BigDecimal.valueOf(to - from, 3);
  }

  private Long millis(String path, TimeFormat own) {
    return SlowTimes.read(row.get(path), own == null ? time : own);
  }

  private static BigDecimal decimal(Object value, int scale) {
    if (value == null) {
      return null;
    }
    require(value instanceof RawJson.Numeral || value instanceof String);
    String text = value instanceof RawJson.Numeral number ? number.text() : (String) value;
    require(DECIMAL.matcher(text).matches());
    BigDecimal exact = decimal(text);
    require(exact.abs().compareTo(BigDecimal.TEN.pow(12)) <= 0);
    return exact.setScale(scale, RoundingMode.HALF_EVEN);
  }

  /** Returns 0 for what any scale rounds to 0, and 10²⁰ for what is out of every range. */
  private static BigDecimal decimal(String text) {
    String mantissa = text.split("[eE]")[0];
    BigInteger exponent =
        new BigInteger(
            text.length() == mantissa.length() ? "0" : text.substring(mantissa.length() + 1));
    BigDecimal digits = new BigDecimal(mantissa);
    long magnitude = (long) digits.precision() - digits.scale();
    if (digits.signum() == 0 || exponent.compareTo(BigInteger.valueOf(-20 - magnitude)) < 0) {
      return BigDecimal.ZERO;
    }
    return exponent.compareTo(BigInteger.valueOf(20 - magnitude)) > 0
        ? BigDecimal.TEN.pow(20)
        : digits.movePointRight(exponent.intValueExact());
  }

  /** Returns the places that a number takes in an event. */
  static List<Long> places(Input input, BigDecimal number) {
    boolean wide = input.scale() > 6;
    if (number == null) {
      return wide ? List.of(Event.NO_VALUE, 0L) : List.of(Event.NO_VALUE);
    }
    if (!wide) {
      return List.of(number.movePointRight(input.scale()).longValueExact());
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    return List.of(
        whole.longValueExact(),
        number.subtract(whole).movePointRight(input.scale()).longValueExact());
  }

  boolean passes(Filter filter, Map<Input, BigDecimal> numbers, Map<Input, String> texts) {
    if (filter instanceof Filter.OneOf oneOf) {
      String text = texts.get(oneOf.input());
      return text != null && oneOf.texts().contains(text) == oneOf.equal();
    }
    if (filter instanceof Filter.Compare compare) {
      BigDecimal number = numbers.get(compare.input());
      return number != null && compare.comparison().fits(number.compareTo(compare.bound()));
    }
    if (filter instanceof Filter.Absent absent) {
      return row.isAbsent(absent.path());
    }
    if (filter instanceof Filter.OfType ofType) {
      return ofType.types().contains(type);
    }
    if (filter instanceof Filter.Not not) {
      return !passes(not.filter(), numbers, texts);
    }
    return filter instanceof Filter.All all
        ? all.filters().stream().allMatch(each -> passes(each, numbers, texts))
        : ((Filter.Any) filter).filters().stream().anyMatch(each -> passes(each, numbers, texts));
  }
}
