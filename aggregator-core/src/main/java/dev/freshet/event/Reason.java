package dev.freshet.event;

/** The reasons why an event is invalid: the values of a dead letter's {@code reason}. */
public enum Reason {
  /** A record that holds several events cannot be unpacked. */
  UNREADABLE,
  /** The event is larger than 256 KiB. */
  TOO_LARGE,
  /** The event is not a UTF-8 JSON document. */
  NOT_JSON,
  /** The event is a JSON document, but not an object. */
  NOT_AN_OBJECT,
  /** A required member is absent or null. */
  MISSING_MEMBER,
  /** A member is of another type, or an id is empty, too long or not valid Unicode. */
  WRONG_TYPE,
  /** A time is not of the declared unit, or so far from today that it is probably in another. */
  UNPARSABLE_TIME,
  /** The event is dated further ahead of the clock than its format allows. */
  TOO_FAR_AHEAD,
  /** The time that ends a duration lies before the one that starts it. */
  NEGATIVE_DURATION,
  /** An amount has a magnitude of 10⁹ or more, a decimal one above 10¹². */
  AMOUNT_OUT_OF_RANGE,
  /** A record of the results stream is not a result record. */
  NOT_A_RESULT
}
