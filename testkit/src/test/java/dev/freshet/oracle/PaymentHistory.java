package dev.freshet.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Payments of a few cards: bursts of minutes, and gaps of hours and days. */
public final class PaymentHistory extends ExampleHistory {

  private static final long DAY = 24 * HOUR;

  private PaymentHistory(long seed) {
    super(seed, Duration.ofDays(100));
  }

  /** Returns payments in the order they arrive; the same for the same seed. */
  public static List<Arrival> of(long seed, int payments, long startMillis) {
    return new PaymentHistory(seed).arrivals(payments, startMillis);
  }

  @Override
  void addAll(int payments, long startMillis) {
    long at = startMillis;
    for (int i = 0; i < payments; i++) {
      addPayment("p" + i, at);
      at += gap();
    }
  }

  private long gap() {
    return switch (random.nextInt(20)) {
      case 0 -> DAY * (1 + random.nextInt(8));
      case 1 -> 30 * DAY * random.nextInt(2);
      case 2, 3, 4 -> random.nextInt(25) * HOUR;
      case 5 -> random.nextInt(3) - 1;
      default -> random.nextInt(4) * 10L * MINUTE;
    };
  }

  private void addPayment(String id, long at) {
    ObjectNode json = object();
    json.putObject("meta")
        .put("id", id)
        .put("type", "PAYMENT")
        .put("at", at * 1_000 + random.nextInt(1_000));
    ObjectNode card = json.putObject("card");
    switch (random.nextInt(8)) {
      case 0 -> card.put("id", "4|%7C");
      case 1 -> card.put("holder", "no id");
      case 2, 3 -> card.put("id", 7);
      default -> card.put("id", "7");
    }
    ObjectNode merchant = json.putObject("merchant");
    if (!isOneIn(12)) {
      merchant.put("id", oneOf("grocer", "grocer", "café|1", "fuel", "m" + random.nextInt(30)));
    }
    if (!isOneIn(12)) {
      merchant.put("country", oneOf("ES", "ES", "PT", "FR"));
    }
    addOutcome(json);
    add(at, json);
  }

  private void addOutcome(ObjectNode json) {
    if (!isOneIn(15)) {
      json.put("status", oneOf("approved", "approved", "approved", "declined", "pending"));
    }
    BigDecimal amount = BigDecimal.valueOf(random.nextInt(isOneIn(9) ? 5_000_000 : 9_000), 3);
    switch (random.nextInt(12)) {
      case 0 -> json.putObject("money").putNull("amount");
      case 1 -> json.putNull("money");
      case 2, 3 -> json.putObject("money").put("amount", "12.50");
      case 4, 5 -> json.putObject("money").put("amount", amount);
      default -> json.putObject("money").put("amount", amount.toPlainString());
    }
  }
}
