package dev.freshet.examples;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Derived.derived;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Filter.below;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.hourOfDay;
import static dev.freshet.input.Input.text;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.ZoneId;
import java.util.List;

/** Card payments for a fraud model, from the stream that an issuer has already. */
public final class CardPayments {

  private static final EventFormat FORMAT =
      EventFormat.json()
          .id("meta.id")
          .type("meta.type")
          .occurredAt("meta.at", TimeFormat.EPOCH_MICROS);

  public static final EventType PAYMENT =
      new EventType("PAYMENT", "payments", FORMAT)
          .carrying("card.id", "merchant.id", "merchant.country", "money.amount", "status");

  private static final Entity CARD = Entity.named("card").by("card.id");
  private static final Entity CARD_MERCHANT =
      Entity.named("card_merchant").by("card.id", "merchant.id");

  private static final Input AMOUNT = decimal("money.amount").scale(2);
  private static final Input MERCHANT = text("merchant.id");
  private static final Input COUNTRY = text("merchant.country");

  private static final Filter APPROVED = is("status", "approved");
  private static final Filter DECLINED = is("status", "declined");
  private static final Filter AT_NIGHT = below(hourOfDay(ZoneId.of("Europe/Madrid")), 6);

  /** When, where and with what success a card is used. */
  public static final FeatureGroup USE =
      FeatureGroup.named("card_use")
          .dimension(CARD)
          .reads(PAYMENT)
          .over(hours(1), count("payments"), count("declined").where(DECLINED))
          .over(
              hours(24),
              count("payments"),
              count("declined").where(DECLINED),
              distinct().of(MERCHANT).as("merchants"))
          .over(days(7), count("payments"), count("night").where(AT_NIGHT))
          .over(last(1), latest().of(COUNTRY).as("country"), latestAt("latest_payment"))
          .derive(
              ratio("decline_ratio_1h", "declined_1h", "payments_1h"),
              ratio("decline_ratio_24h", "declined_24h", "payments_24h"),
              ratio("night_share_7d", "night_7d", "payments_7d"))
          .build();

  /** What a card spends, and how unusual its latest amount is. */
  public static final FeatureGroup SPEND =
      FeatureGroup.named("card_spend")
          .dimension(CARD)
          .reads(PAYMENT)
          .value(AMOUNT)
          .where(APPROVED)
          .over(hours(1), sum(), max(), percentile(90))
          .over(hours(24), sum(), max(), percentile(90))
          .over(last(50), latest(), mean(), stddev())
          .derive(
              derived(
                  "z_score",
                  "(latest − mean) / stddev",
                  of -> (of[0] - of[1]) / of[2],
                  "latest",
                  "mean",
                  "stddev"))
          .build();

  /** Whether a card is new at a merchant: it paid there no more than once in 90 days. */
  public static final FeatureGroup AT_MERCHANT =
      FeatureGroup.named("card_at_merchant")
          .dimension(CARD_MERCHANT)
          .reads(PAYMENT)
          .over(days(90), count("payments"), firstAt("first_payment"))
          .derive(
              derived(
                  "is_new",
                  "1 if payments_90d ≤ 1, else 0",
                  of -> of[0] <= 1 ? 1 : 0,
                  "payments_90d"))
          .build();

  public static final List<FeatureGroup> GROUPS = List.of(USE, SPEND, AT_MERCHANT);

  private CardPayments() {}
}
