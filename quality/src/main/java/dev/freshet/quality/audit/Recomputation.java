package dev.freshet.quality.audit;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.GroupReplay;
import dev.freshet.result.DecimalText;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * The features of a group of an entity, computed anew from some of its events.
 *
 * @param values at the instant of the served values, in the order of declaration, as the feature
 *     store writes them; null for an absent one
 * @param nextChangeMillis the next instant after it at which one changes by time alone
 * @param now the same values when the feature store was read
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Recomputation(String[] values, long nextChangeMillis, String[] now) {

  /**
   * An event, and the kinds of state that use it.
   *
   * @param kinds one bit each, as {@link FeatureGroup#kindsFor} returns them
   */
  record Use(ArrivedEvent event, long kinds) {}

  /**
   * Computes features.
   *
   * @param uses in the order of {@code EventOrder}
   * @param excluded the indices of those that are left out
   * @param computedAtMillis the instant of the served values
   * @param readMillis when they were read
   */
  static Recomputation of(
      FeatureGroup group,
      Duration timeToLive,
      List<Use> uses,
      BitSet excluded,
      long computedAtMillis,
      long readMillis) {
    GroupReplay replay = new GroupReplay(group, timeToLive);
    for (int i = 0; i < uses.size(); i++) {
      Use use = uses.get(i);
      if (use.kinds != 0 && !excluded.get(i)) {
        long until = Math.min(use.event.event().occurredAtMillis(), computedAtMillis);
        var unused = replay.apply(use.event.event(), until, use.kinds);
      }
    }
    replay.advanceTo(computedAtMillis);
    String[] values = texts(replay.features());
    long next = replay.nextChangeMillis();
    replay.advanceTo(readMillis);
    return new Recomputation(values, next, texts(replay.features()));
  }

  private static String[] texts(FeatureValues values) {
    String[] texts = new String[values.size()];
    for (int i = 0; i < texts.length; i++) {
      String text = values.text(i);
      texts[i] = text != null || !values.isPresent(i) ? text : DecimalText.of(values.number(i));
    }
    return texts;
  }
}
