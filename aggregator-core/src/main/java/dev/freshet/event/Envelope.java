package dev.freshet.event;

import dev.freshet.event.Members.Values;
import java.time.Duration;

/** The members that every event must carry, for any feature group. */
record Envelope(String eventId, String eventType, long occurredAtMillis, String itemId) {

  static final String EVENT_ID = "eventId";
  static final String EVENT_TYPE = "eventType";
  static final String OCCURRED_AT = "occurredAt";

  private static final int LONGEST_NAME = 128;
  private static final long MOST_AHEAD_MILLIS = Duration.ofHours(1).toMillis();

  /** Reads envelopes. */
  static final class Reader {
    private final Member eventId;
    private final Member eventType;
    private final Member occurredAt;
    private final Member itemId;

    Reader(Members members, String item) {
      eventId = members.member(EVENT_ID);
      eventType = members.member(EVENT_TYPE);
      occurredAt = members.member(OCCURRED_AT);
      itemId = members.member(item);
    }

    Envelope read(Values values, long nowMillis) throws InvalidMemberException {
      eventId.require(values);
      eventType.require(values);
      occurredAt.require(values);
      itemId.require(values);
      return new Envelope(
          eventId.string(values, LONGEST_NAME),
          eventType.string(values, LONGEST_NAME),
          requireNotTooFarAhead(occurredAt.time(values), nowMillis),
          itemId.id(values));
    }

    private static long requireNotTooFarAhead(long timeMillis, long nowMillis)
        throws InvalidMemberException {
      if (timeMillis > nowMillis + MOST_AHEAD_MILLIS) {
        throw new InvalidMemberException(
            Reason.TOO_FAR_AHEAD,
            OCCURRED_AT + " is " + (timeMillis - nowMillis) / 1_000 + " s ahead; 3600 are allowed");
      }
      return timeMillis;
    }
  }
}
