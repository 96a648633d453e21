package dev.freshet.definition;

/**
 * A kind of business event and the stream that carries it.
 *
 * @param name the value of {@code eventType}, such as {@code ORDER_CREATED}
 * @param stream the stream's name without a stage prefix, such as {@code order-created}
 */
public record EventType(String name, String stream) {

  public EventType {
    if (name.isBlank() || stream.isBlank()) {
      throw new IllegalArgumentException(
          "an event type needs a name and a stream: '" + name + "', '" + stream + "'");
    }
  }
}
