package dev.freshet.oracle;

import dev.freshet.definition.Aggregates;
import dev.freshet.definition.Derived;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** A feature in plain words. */
sealed interface PlainFeature {

  String name();

  /** The name without the ending of an instant; no two features of a group may have the same. */
  default String column() {
    return name().replaceAll("_at$", "");
  }

  default boolean isText() {
    return false;
  }

  /**
   * An aggregation of events.
   *
   * @param stem the name without its endings; null for that of the aggregation
   * @param number the number of an aggregation that has one, such as a percentile
   * @param input null for the group's value
   * @param filter null for the group's
   */
  record OfEvents(
      What what,
      double number,
      String stem,
      PlainWindow window,
      PlainInput input,
      PlainFilter filter,
      boolean isText)
      implements PlainFeature {

    @Override
    public String name() {
      String ending = what == What.FIRST_AT || what == What.LATEST_AT ? "_at" : "";
      return (stem == null ? usualStem() : stem) + window.label() + ending;
    }

    private String usualStem() {
      String digits = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      return switch (what) {
        case PERCENTILE -> "p" + digits;
        case TOP -> "top_" + digits;
        case ROLLING_MEAN -> "rolling_mean_" + digits;
        case EWMA -> number == 0.2 ? "ewma" : "ewma_" + digits.replace('.', '_');
        default -> what.name().toLowerCase(java.util.Locale.ROOT);
      };
    }

    /** Returns the aggregate through the public API, without its input and filter. */
    dev.freshet.definition.Aggregate.OfEvents declared() {
      return switch (what) {
        case FIRST_AT -> Aggregates.firstAt(stem);
        case LATEST_AT -> Aggregates.latestAt(stem);
        case COUNT -> stem == null ? Aggregates.count() : Aggregates.count(stem);
        default -> stem == null ? aggregate() : aggregate().as(stem);
      };
    }

    private dev.freshet.definition.Aggregate.OfEvents aggregate() {
      return switch (what) {
        case SUM -> Aggregates.sum();
        case MEAN -> Aggregates.mean();
        case MIN -> Aggregates.min();
        case MAX -> Aggregates.max();
        case VARIANCE -> Aggregates.variance();
        case STDDEV -> Aggregates.stddev();
        case PERCENTILE -> Aggregates.percentile((int) number);
        case DISTINCT -> Aggregates.distinct();
        case FIRST -> Aggregates.first();
        case LATEST -> Aggregates.latest();
        case TOP -> Aggregates.top((int) number);
        case ROLLING_MEAN -> Aggregates.rollingMean((int) number);
        case EWMA -> number == 0.2 ? Aggregates.ewma() : Aggregates.ewma(number);
        case DECAYED_MEAN -> Aggregates.decayedMean(Duration.ofMillis((long) number));
        case SLOPE -> Aggregates.slope();
        case DOMINANT_FREQUENCY -> Aggregates.dominantFrequency();
        case SPECTRAL_ENTROPY -> Aggregates.spectralEntropy();
        case COUNT, FIRST_AT, LATEST_AT -> throw new IllegalStateException(what.name());
      };
    }
  }

  /** What is computed from events. */
  enum What {
    COUNT,
    SUM,
    MEAN,
    MIN,
    MAX,
    VARIANCE,
    STDDEV,
    PERCENTILE,
    DISTINCT,
    FIRST,
    LATEST,
    TOP,
    FIRST_AT,
    LATEST_AT,
    ROLLING_MEAN,
    EWMA,
    DECAYED_MEAN,
    SLOPE,
    DOMINANT_FREQUENCY,
    SPECTRAL_ENTROPY;

    boolean takesEvents() {
      return this == COUNT || this == FIRST_AT || this == LATEST_AT;
    }

    boolean takesTexts() {
      return this == DISTINCT || this == FIRST || this == LATEST || this == TOP;
    }

    boolean isOffered(PlainWindow window) {
      return window.isHistory()
          ? this != TOP && !isOfSequence()
          : !window.isOverTime() || !isOfSequence();
    }

    private boolean isOfSequence() {
      return compareTo(ROLLING_MEAN) >= 0;
    }
  }

  /** The items that entered a stage in a window. */
  record Entered(PlainStage stage, PlainWindow window) implements PlainFeature {
    @Override
    public String name() {
      return stage.name() + window.label();
    }
  }

  /** The number of the items that are in a status, the sum of a number of theirs, or the oldest. */
  record Open(String stem, How how, PlainStatus status, PlainInput number) implements PlainFeature {
    enum How {
      COUNT,
      SUM,
      OLDEST
    }

    @Override
    public String name() {
      return stem + (how == How.OLDEST ? "_at" : "");
    }
  }

  /** A stage of a lifecycle. */
  record PlainStage(PlainLifecycle lifecycle, String name, List<String> types) {}

  /** The items of a lifecycle, named by a member. */
  record PlainLifecycle(String name, String item, Duration skew) {}

  /** Since one stage, until any of some others, looking back for some time. */
  record PlainStatus(PlainStage since, List<PlainStage> until, long lookBackSeconds) {}

  /** A feature of others. */
  record Computed(String name, String how, List<String> of) implements PlainFeature {

    double value(double... of) {
      return switch (how) {
        case "ratio" -> of[0] / of[1];
        case "difference" -> of[0] - of[1];
        case "z_score" -> (of[0] - of[1]) / of[2];
        case "is_new" -> of[0] <= 1 ? 1 : 0;
        default -> Math.sqrt(of[0]) + of[1] * of[1];
      };
    }

    Derived declared() {
      return switch (how) {
        case "ratio" -> Derived.ratio(name, of.get(0), of.get(1));
        case "difference" -> Derived.difference(name, of.get(0), of.get(1));
        default -> Derived.derived(name, how, this::value, of.toArray(String[]::new));
      };
    }
  }
}
