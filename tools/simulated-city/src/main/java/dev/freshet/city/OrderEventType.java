package dev.freshet.city;

import java.util.Locale;

/** The business events of an order; each type has its own stream. */
public enum OrderEventType {
  ORDER_CREATED,
  ORDER_ACCEPTED,
  ORDER_PICKED,
  ORDER_DELIVERED,
  ORDER_CANCELLED;

  private final String stage = name().substring("ORDER_".length()).toLowerCase(Locale.ROOT);
  private final String stream = "order-" + stage;

  /** Returns the stage of the order, such as {@code delivered}. */
  public String stage() {
    return stage;
  }

  /** Returns the stream of the events of this type, without the stage prefix used on AWS. */
  public String stream() {
    return stream;
  }
}
