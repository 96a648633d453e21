package dev.freshet.examples;

import static dev.freshet.examples.CardPayments.PAYMENT;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Reason;
import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The features of card payments, with values computed by hand. */
class CardPaymentsTest {

  private final EntityDriver use = EntityDriver.of(CardPayments.USE, "7");
  private final EntityDriver spend = EntityDriver.of(CardPayments.SPEND, "7");

  @Test
  void aRecordIsReadAsTheIssuerWritesIt() {
    FeatureTestDriver driver = FeatureTestDriver.of(CardPayments.USE);
    String record =
        """
        {"meta": {"id": "tx-1", "type": "PAYMENT", "at": 1767268799999999, "version": 3},
         "card": {"id": 7, "network": "visa"},
         "merchant": {"id": "grocer", "country": "ES", "codes": [5411, {"mcc": 5411}]},
         "money": {"amount": "12.50", "currency": "EUR"},
         "status": "declined"}
        """;
    assertThat(driver.feed(record)).isEqualTo(APPLIED);
    assertThat(driver.text("7", "country")).hasValue("ES");
    assertThat(driver.feature("7", "latest_payment_at")).hasValue(START.toEpochMilli() - 1);
    assertThat(driver.feature("7", "decline_ratio_1h")).hasValue(1);
    assertThat(driver.feed(record)).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void theDeclineRatioIsThatOfTheHourAndOfTheDay() {
    use.feed(payment(Duration.ofHours(23), "approved"));
    use.feed(payment(Duration.ofMinutes(90), "approved"));
    use.feed(payment(Duration.ofMinutes(20), "declined"));
    use.feed(payment(Duration.ZERO, "declined"));
    use.feed(payment(Duration.ofMinutes(30), "approved"));
    use.feed(payment(Duration.ofMinutes(10), "approved"));
    use.expect("payments_1h", 4);
    use.expect("declined_1h", 2);
    use.expect("payments_24h", 6);
    use.expect("declined_24h", 2);
    use.expect("decline_ratio_24h", 1 / 3.0);
    use.expectFor(Duration.ofMinutes(30), "decline_ratio_1h", 0.5);
    use.expect("decline_ratio_1h", 2 / 3.0);
    use.advance(Duration.ofMinutes(30));
    use.expectNone("decline_ratio_1h"); // 0 / 0
    use.expect("decline_ratio_24h", 2 / 5.0);
  }

  @Test
  void aMerchantOfTheDayCountsOnce() {
    use.feed(payment(Duration.ofDays(1).minusMillis(1), "approved").with("merchant.id", "a"));
    use.feed(payment(Duration.ofHours(2), "approved").with("merchant.id", "b"));
    use.feed(payment(Duration.ofHours(1), "declined").with("merchant.id", "b"));
    use.feed(payment(Duration.ZERO, "approved").with("merchant.id", "c"));
    use.feed(payment(Duration.ZERO, "approved"));
    use.expectFor(Duration.ofMillis(1), "merchants_24h", 3);
    use.expect("merchants_24h", 2);
  }

  /** Madrid is an hour ahead of UTC in winter. */
  @Test
  void theNightIsThatOfMadrid() {
    use.feed(payment(Duration.ZERO, "approved").at(Instant.parse("2025-12-28T22:59:59.999Z")));
    use.feed(payment(Duration.ZERO, "approved").at(Instant.parse("2025-12-28T23:00:00Z")));
    use.feed(payment(Duration.ZERO, "approved").at(Instant.parse("2025-12-29T04:59:59.999Z")));
    use.expect("night_share_7d", 2 / 3.0);
    use.feed(payment(Duration.ZERO, "approved").at(Instant.parse("2025-12-29T05:00:00Z")));
    use.expect("night_7d", 2);
    use.expect("payments_7d", 4);
    use.expect("night_share_7d", 0.5);
  }

  @Test
  void theLatestPaymentIsTheLatestToOccur() {
    use.feed(payment(Duration.ofMinutes(5), "approved").with("merchant.country", "ES"));
    use.feed(payment(Duration.ofMinutes(7), "approved").with("merchant.country", "PT"));
    use.expect("country", "ES");
    use.expect("latest_payment_at", START.minusSeconds(300).toEpochMilli());
    use.feed(payment(Duration.ofMinutes(1), "declined"));
    use.expect("country", "ES"); // the newest that is known
    use.expect("latest_payment_at", START.minusSeconds(60).toEpochMilli());
    use.advance(Duration.ofDays(80));
    use.expect("country", "ES");
  }

  @Test
  void spendIsOfApprovedPayments() {
    spend.feed(payment(Duration.ofMinutes(1), "approved").with("money.amount", "10.00"));
    spend.feed(payment(Duration.ofMinutes(2), "approved").with("money.amount", 30));
    spend.feed(payment(Duration.ofMinutes(3), "approved").with("money.amount", "2.5"));
    spend.feed(payment(Duration.ofMinutes(3), "declined").with("money.amount", "1000"));
    spend.feed(payment(Duration.ofHours(2), "approved").with("money.amount", "100"));
    spend.expect("sum_1h", 42.5);
    spend.expect("max_1h", 30);
    spend.expect("p90_1h", 10 + 0.8 * 20);
    spend.expect("sum_24h", 142.5);
    spend.expect("max_24h", 100);
    spend.expect("p90_24h", 30 + 0.7 * 70);
    spend.expect("latest", 10);
    spend.advance(Duration.ofHours(1));
    spend.expect("sum_1h", 0);
    spend.expectNone("max_1h");
    spend.expectNone("p90_1h");
  }

  @Test
  void theZScoreIsOfTheLatestOfFifty() {
    spend.feedEach(CardPaymentsTest::spent, 2);
    spend.expectNone("z_score"); // one payment has no deviation
    spend.feedEach(CardPaymentsTest::spent, 4, 4, 4, 5, 5, 7, 9);
    spend.expect("mean", 5);
    spend.expect("stddev", Math.sqrt(32 / 7.0));
    spend.expect("z_score", Math.sqrt(3.5));
    spend.feedTimes(50, () -> spent(1));
    spend.expect("stddev", 0);
    spend.expectNone("z_score");
    spend.feed(spent(51));
    spend.expect("mean", 2);
    spend.expect("z_score", 49 / Math.sqrt(50));
  }

  @Test
  void aMerchantIsNewUntilTheSecondPayment() {
    EntityDriver merchant = EntityDriver.of(CardPayments.AT_MERCHANT, "4%7C1|grocer");
    TestEvent payment =
        payment(Duration.ofDays(1), "approved")
            .with("card.id", "4|1")
            .with("merchant.id", "grocer");
    merchant.expectNone("is_new");
    merchant.feedTwice(payment);
    merchant.expect("payments_90d", 1);
    merchant.expect("first_payment_90d_at", START.minus(Duration.ofDays(1)).toEpochMilli());
    merchant.expect("is_new", 1);
    merchant.expectNoOther();
    merchant.feed(payment.id("another").at(START));
    merchant.expectFor(Duration.ofDays(89), "is_new", 0);
    merchant.expect("first_payment_90d_at", START.toEpochMilli());
  }

  @Test
  void anAmountThatIsNoDecimalIsInvalidForSpendAlone() {
    TestEvent payment = payment(Duration.ZERO, "approved").with("money.amount", "12,50");
    assertThat(FeatureTestDriver.of(CardPayments.SPEND).feed(payment))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid -> assertThat(invalid.reason()).isEqualTo(Reason.WRONG_TYPE));
    use.feed(payment);
  }

  private static TestEvent payment(Duration ago, String status) {
    return TestEvent.of(PAYMENT).at(START.minus(ago)).with("card.id", 7).with("status", status);
  }

  private static TestEvent spent(long amount) {
    return TestEvent.of(PAYMENT)
        .with("card.id", "7")
        .with("status", "approved")
        .with("money.amount", amount);
  }
}
