package dev.freshet.benchmarks.load;

/** The streams of an order's events, in the order an order goes through them. */
public enum OrderStream {
  CREATED(0, "order-created", "ORDER_CREATED"),
  ACCEPTED(1, "order-accepted", "ORDER_ACCEPTED"),
  PICKED(2, "order-picked", "ORDER_PICKED"),
  DELIVERED(3, "order-delivered", "ORDER_DELIVERED");

  private final int place;
  private final String stream;
  private final String eventType;

  OrderStream(int place, String stream, String eventType) {
    this.place = place;
    this.stream = stream;
    this.eventType = eventType;
  }

  /** How many stages an order has been through before. */
  public int place() {
    return place;
  }

  /** The stage after this one; after the last one there is none. */
  OrderStream next() {
    return values()[place + 1];
  }

  public String stream() {
    return stream;
  }

  public String eventType() {
    return eventType;
  }
}
