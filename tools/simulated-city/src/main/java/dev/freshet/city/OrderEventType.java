package dev.freshet.city;

import java.util.Locale;

/** The business events of an order; each type has its own stream. */
public enum OrderEventType {
  ORDER_CREATED(0.253),
  ORDER_ACCEPTED(0.252),
  ORDER_PICKED(0.243),
  ORDER_DELIVERED(0.242),
  ORDER_CANCELLED(0.010);

  private final double share;
  private final String stage = name().substring("ORDER_".length()).toLowerCase(Locale.ROOT);
  private final String stream = "order-" + stage;

  OrderEventType(double share) {
    this.share = share;
  }

  /** Returns the part of all events of a day that are of this type. */
  double share() {
    return share;
  }

  /** Returns the stage of the order, such as {@code delivered}. */
  public String stage() {
    return stage;
  }

  /** Returns the stream of the events of this type, without the stage prefix used on AWS. */
  public String stream() {
    return stream;
  }
}
