package dev.freshet.language;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;

/** Payments by card, as a foreign system writes them. */
final class Payments {

  static final EventFormat FORMAT =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.ts", TimeFormat.EPOCH_SECONDS);

  static final EventType PAID = new EventType("paid", "payments", FORMAT);
  static final EventType DISPUTED = new EventType("disputed", "disputes", FORMAT);

  static final Entity CARD = Entity.named("card").by("card.id");

  /** The card of the events. */
  static final String SEVEN = "7";

  private Payments() {}

  static FeatureGroupBuilder payments() {
    return FeatureGroup.named("payments").dimension(CARD).reads(PAID);
  }

  /** A payment some minutes ago. */
  static TestEvent paid(String id, int minutesAgo, String amount, String merchant) {
    TestEvent event =
        TestEvent.of(PAID)
            .id(id)
            .at(FeatureTestDriver.START.minus(Duration.ofMinutes(minutesAgo)))
            .with("card.id", SEVEN);
    event = amount == null ? event : event.with("amount", amount);
    return merchant == null ? event : event.with("merchant.id", merchant);
  }

  /** Feeds six payments: of 8, 1.5, 4, 1.5, 6 and 3, ten minutes apart; the last is now. */
  static FeatureTestDriver afterSix(FeatureGroup group) {
    FeatureTestDriver driver = FeatureTestDriver.of(group);
    driver.feed(paid("e", 10, "6", "b"));
    driver.feed(paid("a", 50, "8", "b"));
    driver.feed(paid("f", 0, "3", "a"));
    driver.feed(paid("c", 30, "4", "c"));
    driver.feed(paid("b", 40, "1.5", "a"));
    driver.feed(paid("d", 20, "1.50", "a"));
    return driver;
  }
}
