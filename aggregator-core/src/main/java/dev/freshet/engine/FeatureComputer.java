package dev.freshet.engine;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.state.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Builds the result to publish from the state of an entity. */
public final class FeatureComputer {

  private final FeatureGroup group;

  public FeatureComputer(FeatureGroup group) {
    this.group = group;
  }

  /** Returns the result for an entity. */
  public FeatureResult compute(String entity, KeyState state, Trigger trigger) {
    return new FeatureResult(
        group.name(),
        group.dimension().name(),
        entity,
        state.version(),
        state.asOfMillis(),
        Math.max(0, state.newestMillis()),
        state.validUntilMillis() == KeyState.FOREVER
            ? OptionalLong.empty()
            : OptionalLong.of(state.validUntilMillis()),
        state.completeFromMillis() == Coverage.ALWAYS
            ? OptionalLong.empty()
            : OptionalLong.of(state.completeFromMillis()),
        trigger,
        present(state.features()),
        absent(state.features()),
        group.hasHistory());
  }

  private List<FeatureValue> present(FeatureValues values) {
    List<Feature> declared = group.features();
    List<FeatureValue> present = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (values.isPresent(i)) {
        present.add(new FeatureValue(declared.get(i).name(), values.number(i), values.text(i)));
      }
    }
    return present;
  }

  private List<String> absent(FeatureValues values) {
    List<String> absent = null;
    for (int i = 0; i < values.size(); i++) {
      if (!values.isPresent(i)) {
        absent = absent == null ? new ArrayList<>() : absent;
        absent.add(group.features().get(i).name());
      }
    }
    return absent == null ? List.of() : absent;
  }
}
