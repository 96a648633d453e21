package dev.freshet.oracle;

import dev.freshet.definition.EventType;
import dev.freshet.input.Input;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * An input in plain words.
 *
 * @param path of the member that it is taken from; the zone of a calendar input, or the name of an
 *     event type
 * @param to the second path of a span of seconds; empty for others
 * @param scale the fraction digits of a decimal
 */
record PlainInput(Kind kind, String path, String to, int scale) {

  enum Kind {
    TEXT,
    DECIMAL,
    AMOUNT,
    FLAG,
    SECONDS,
    SIGNED_SECONDS,
    INSTANT,
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    TYPE_IS
  }

  static PlainInput of(Kind kind, String path) {
    return new PlainInput(kind, path, "", 0);
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Returns whether a group whose value it is skips events without it. */
  boolean isRequired() {
    return kind == Kind.SECONDS || kind == Kind.SIGNED_SECONDS;
  }

  /** Returns a number or a text; null if the event has none. */
  Object of(OracleEvent event) {
    return switch (kind) {
      case TEXT -> event.has(path) ? event.text(path) : null;
      case DECIMAL -> rounded(event, scale);
      case AMOUNT -> rounded(event, 6);
      case FLAG -> event.has(path) ? one(event.text(path).equals("true")) : null;
      case SECONDS, SIGNED_SECONDS -> seconds(event.time(path), event.time(to));
      case INSTANT -> event.has(path) ? BigDecimal.valueOf(event.time(path).getAsLong()) : null;
      case HOUR_OF_DAY -> BigDecimal.valueOf(local(event).getHour());
      case DAY_OF_WEEK -> BigDecimal.valueOf(local(event).getDayOfWeek().getValue());
      case TYPE_IS -> one(event.type().equals(path));
    };
  }

  private static BigDecimal one(boolean is) {
    return is ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  private BigDecimal rounded(OracleEvent event, int digits) {
    return event.has(path)
        ? new BigDecimal(event.text(path)).setScale(digits, RoundingMode.HALF_EVEN)
        : null;
  }

  private static BigDecimal seconds(OptionalLong from, OptionalLong to) {
    return from.isPresent() && to.isPresent()
        ? BigDecimal.valueOf(to.getAsLong() - from.getAsLong(), 3)
        : null;
  }

  private ZonedDateTime local(OracleEvent event) {
    return Instant.ofEpochMilli(event.occurredAt()).atZone(ZoneId.of(path));
  }

  /** Returns the same through the public API. */
  Input declared(Function<String, EventType> types) {
    return switch (kind) {
      case TEXT -> Input.text(path);
      case DECIMAL -> Input.decimal(path).scale(scale);
      case AMOUNT -> Input.amount(path);
      case FLAG -> Input.flag(path);
      case SECONDS -> Input.seconds(path, to);
      case SIGNED_SECONDS -> Input.signedSeconds(path, to);
      case INSTANT -> Input.instant(path);
      case HOUR_OF_DAY -> Input.hourOfDay(ZoneId.of(path));
      case DAY_OF_WEEK -> Input.dayOfWeek(ZoneId.of(path));
      case TYPE_IS -> Input.typeIs(types.apply(path));
    };
  }
}
