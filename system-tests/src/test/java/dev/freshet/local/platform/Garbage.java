package dev.freshet.local.platform;

/** Records that no function can use, one for each reason. */
enum Garbage {
  NOT_JSON("{\"eventId\":\"g1\",,}"),
  NOT_AN_OBJECT("\"a text\""),
  MISSING_MEMBER(
      "{\"eventId\":\"g2\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":1700000000000}"),
  WRONG_TYPE(
      "{\"eventId\":3,\"eventType\":\"ORDER_CREATED\",\"occurredAt\":1700000000000,\"orderId\":1}"),
  UNPARSABLE_TIME(
      "{\"eventId\":\"g4\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":\"soon\",\"orderId\":1}"),
  TOO_FAR_AHEAD(
      "{\"eventId\":\"g5\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":%d,\"orderId\":1}"),
  AMOUNT_OUT_OF_RANGE(
      "{\"eventId\":\"g6\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":1700000000000,\"orderId\":1,"
          + "\"cityCode\":\"c0\",\"totalAmount\":1e9}"),
  TOO_LARGE("{\"eventId\":\"" + "x".repeat(300 * 1024) + "\"}");

  private static final long TWO_HOURS = 7_200_000;

  private final String template;

  Garbage(String template) {
    this.template = template;
  }

  String line(long nowMillis) {
    return this == TOO_FAR_AHEAD ? template.formatted(nowMillis + TWO_HOURS) : template;
  }

  String reason() {
    return name();
  }
}
