package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Event;

/**
 * An element of the list of last events: {@code <occurredAt> <value> <eventId>}, the time in epoch
 * milliseconds and the value in millionths. Text, so that {@code LRANGE} shows an operator what is
 * held.
 */
final class ListElement {

  private ListElement() {}

  static byte[] encode(Event event) {
    return (event.occurredAtMillis() + " " + event.valueMicros() + " " + event.eventId())
        .getBytes(UTF_8);
  }

  static long occurredAtMillis(byte[] element) {
    return number(element, 0);
  }

  static long valueMicros(byte[] element) {
    int space = 0;
    while (element[space] != ' ') {
      space++;
    }
    return number(element, space + 1);
  }

  private static long number(byte[] element, int from) {
    boolean negative = element[from] == '-';
    long number = 0;
    for (int i = negative ? from + 1 : from; element[i] != ' '; i++) {
      number = number * 10 + (element[i] - '0');
    }
    return negative ? -number : number;
  }
}
