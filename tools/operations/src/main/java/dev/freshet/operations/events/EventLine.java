package dev.freshet.operations.events;

import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.definition.EventType;
import dev.freshet.event.Timestamps;
import dev.freshet.format.TimeFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * The destination and the times of one event.
 *
 * @param format null if the type is not known
 * @param type null if no group reads it
 * @param typeName the name of the type; null if the event does not tell it
 * @param key the partition key; empty if the event has no member that is one
 */
record EventLine(
    JsonText text, FormatPaths format, EventType type, String typeName, Optional<String> key) {

  private static final int SECONDS = 3;
  private static final int MICROS = -3;

  boolean isKnown() {
    return type != null;
  }

  Optional<Instant> occurredAt() {
    long found = Timestamps.UNPARSABLE;
    for (JsonText.Member member : text.members()) {
      if (format.occurredAt().contains(member.path())) {
        long millis = millis(member, format.times().get(member.path()));
        found = millis == Timestamps.UNPARSABLE ? found : millis;
      }
    }
    return found == Timestamps.UNPARSABLE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(found));
  }

  /** Returns the event with all its times moved; every other character stays the same. */
  byte[] movedBy(long offsetMillis) {
    StringBuilder moved = new StringBuilder();
    String all = text.toString();
    int copied = 0;
    for (JsonText.Member member : text.members()) {
      TimeFormat time = format.times().get(member.path());
      String target = time == null ? null : moved(member, time, offsetMillis);
      if (target != null) {
        moved.append(all, copied, member.start()).append(target);
        copied = member.end();
      }
    }
    return moved.append(all, copied, all.length()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a moved time as JSON of the same kind; null if no function could read it so. */
  private static String moved(JsonText.Member member, TimeFormat time, long offsetMillis) {
    long millis = millis(member, time);
    long target = millis + offsetMillis;
    boolean isText = member.isText();
    boolean isOwn = time.unit() == TimeFormat.Unit.TEXT_OR_MILLIS && !isText;
    if (millis == Timestamps.UNPARSABLE
        || (isOwn ? Timestamps.ofInteger(target) : Timestamps.within(target))
            == Timestamps.UNPARSABLE) {
      return null;
    }
    return isText
        ? '"' + EventTimes.text(target) + '"'
        : new BigDecimal(member.value())
            .add(BigDecimal.valueOf(offsetMillis, digits(time)))
            .stripTrailingZeros()
            .toPlainString();
  }

  private static long millis(JsonText.Member member, TimeFormat time) {
    return switch (time.unit()) {
      case TEXT -> member.isText() ? ofText(member, time) : Timestamps.UNPARSABLE;
      case TEXT_OR_MILLIS ->
          member.isText()
              ? ofText(member, time)
              : member.isId() ? Timestamps.parseInteger(member.value()) : Timestamps.UNPARSABLE;
      case SECONDS, MILLIS, MICROS -> ofNumber(member, digits(time));
    };
  }

  private static long ofText(JsonText.Member member, TimeFormat time) {
    return Timestamps.parse(member.value(), time.zone());
  }

  private static long ofNumber(JsonText.Member member, int digits) {
    boolean fits =
        member.kind() == JsonToken.VALUE_NUMBER_INT
            || (member.kind() == JsonToken.VALUE_NUMBER_FLOAT && digits == SECONDS);
    if (!fits || member.value().length() > 40) {
      return Timestamps.UNPARSABLE;
    }
    BigDecimal number = new BigDecimal(member.value());
    return number.precision() - number.scale() > 18
        ? Timestamps.UNPARSABLE
        : Timestamps.within(number.movePointRight(digits).longValue());
  }

  /** Returns the decimal places from milliseconds to a unit. */
  private static int digits(TimeFormat time) {
    return switch (time.unit()) {
      case SECONDS -> SECONDS;
      case MICROS -> MICROS;
      default -> 0;
    };
  }
}
