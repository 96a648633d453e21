package dev.freshet.event;

/** The reasons why a record is invalid: the values of a dead letter's {@code reason}. */
public enum Reason {
  /** The record is larger than 256 KiB. */
  TOO_LARGE,
  /** The record is not a UTF-8 JSON document. */
  NOT_JSON,
  /** The record is a JSON document, but not an object. */
  NOT_AN_OBJECT,
  /** A required member is absent or null. */
  MISSING_MEMBER,
  /** A member is of another type, or an id is empty, too long or not valid Unicode. */
  WRONG_TYPE,
  /** A time is neither an RFC 3339 string nor an integer of epoch milliseconds from 10¹¹ on. */
  UNPARSABLE_TIME,
  /** {@code occurredAt} is more than an hour ahead of the clock. */
  TOO_FAR_AHEAD,
  /** The time that ends a duration lies before the one that starts it. */
  NEGATIVE_DURATION,
  /** An amount has a magnitude of 10⁹ or more. */
  AMOUNT_OUT_OF_RANGE,
  /** A record of the results stream is not a result record. */
  NOT_A_RESULT
}
