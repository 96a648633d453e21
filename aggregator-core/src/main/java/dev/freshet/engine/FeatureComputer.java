package dev.freshet.engine;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.TotalFeature;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.transformation.Samples;
import dev.freshet.transformation.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The pure part: the state of a key and an instant make its features. The same code serves events,
 * recalculation, replay and tests.
 */
public final class FeatureComputer {

  private static final double MICROS_PER_UNIT = 1e6;

  private final FeatureGroup group;

  public FeatureComputer(FeatureGroup group) {
    this.group = group;
  }

  /** The result for a key whose state was read at an instant. */
  public FeatureResult compute(String key, KeyState state, long nowMillis, Trigger trigger) {
    long computedAt = state instanceof Totals totals ? totals.asOfMillis() : nowMillis;
    return new FeatureResult(
        group.name(),
        group.dimension().name(),
        key,
        state.version(),
        computedAt,
        state.newestMillis(),
        validUntil(state),
        trigger,
        features(state));
  }

  private List<FeatureValue> features(KeyState state) {
    return state instanceof LastValues last
        ? ofLastEvents((Computation.OfLastEvents) group.computation(), last)
        : ofTimeline((Computation.OfTimeline) group.computation(), (Totals) state);
  }

  private static List<FeatureValue> ofLastEvents(
      Computation.OfLastEvents computation, LastValues state) {
    Samples samples = samples(state.valueMicros());
    List<FeatureValue> features = new ArrayList<>(computation.transformations().size());
    for (Transformation transformation : computation.transformations()) {
      addIfPresent(features, transformation.name(), transformation.apply(samples));
    }
    return features;
  }

  private static List<FeatureValue> ofTimeline(Computation.OfTimeline computation, Totals state) {
    List<FeatureValue> features = new ArrayList<>(computation.totals().size());
    for (TotalFeature feature : computation.totals()) {
      addIfPresent(features, feature.name(), feature.from(state.totals()));
    }
    return features;
  }

  /** A feature without a value is absent. */
  private static void addIfPresent(List<FeatureValue> features, String name, double value) {
    if (Double.isFinite(value)) {
      features.add(new FeatureValue(name, value));
    }
  }

  private static Samples samples(long[] micros) {
    double[] values = new double[micros.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = micros[i] / MICROS_PER_UNIT;
    }
    return Samples.of(values);
  }

  private static OptionalLong validUntil(KeyState state) {
    return state instanceof Totals totals && totals.validUntilMillis() != KeyState.FOREVER
        ? OptionalLong.of(totals.validUntilMillis())
        : OptionalLong.empty();
  }
}
