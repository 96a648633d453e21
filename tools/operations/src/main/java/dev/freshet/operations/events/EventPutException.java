package dev.freshet.operations.events;

/** Reports events that could not be put; the message names the stream and the reason. */
public final class EventPutException extends RuntimeException {

  EventPutException(String stream, int events, String reason, Throwable cause) {
    super("cannot put %d events into stream '%s': %s".formatted(events, stream, reason), cause);
  }

  EventPutException(String reason, Throwable cause) {
    super("cannot put events: " + reason, cause);
  }
}
