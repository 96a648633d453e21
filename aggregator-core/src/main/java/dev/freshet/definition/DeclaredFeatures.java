package dev.freshet.definition;

import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.StateKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The features of a group in the order of declaration, and where their values come from: a kind of
 * state computes them, or they are derived from others.
 */
final class DeclaredFeatures {

  private final List<Feature> features;
  private final int[] places;
  private final boolean isInOrder;
  private final List<DerivedFeature> derived;

  /**
   * A derived feature.
   *
   * @param index its index among all features
   * @param of the indexes of the features that it is computed from
   */
  record DerivedFeature(int index, int[] of, Derived declaration) {}

  /**
   * @param places for each feature its index among the features of all kinds; −1 for derived ones
   */
  DeclaredFeatures(List<Feature> features, int[] places, List<DerivedFeature> derived) {
    this.features = List.copyOf(features);
    this.places = places;
    this.isInOrder = Arrays.equals(places, IntStream.range(0, places.length).toArray());
    this.derived = List.copyOf(derived);
  }

  List<Feature> features() {
    return features;
  }

  /**
   * Returns the values of all features.
   *
   * @param computed the values of the first kind, then of the second, and so on
   */
  FeatureValues values(FeatureValues computed) {
    FeatureValues ordered = isInOrder ? computed : computed.at(places);
    for (DerivedFeature each : derived) {
      double[] of = new double[each.of().length];
      boolean isPresent = true;
      for (int i = 0; i < of.length; i++) {
        of[i] = ordered.number(each.of()[i]);
        isPresent &= !Double.isNaN(of[i]);
      }
      if (isPresent) {
        ordered.set(each.index(), each.declaration().function().applyAsDouble(of));
      }
    }
    return ordered;
  }

  /** Returns the origin of a feature, or those of the features that a derived one comes from. */
  List<Origin> origins(Feature feature, List<StateKind> kinds) {
    Set<Integer> found = new LinkedHashSet<>();
    collectOrigins(features.indexOf(feature), found);
    List<Origin> origins = new ArrayList<>();
    for (int index : found) {
      int kind = 0;
      int rest = places[index];
      while (rest >= kinds.get(kind).width()) {
        rest -= kinds.get(kind++).width();
      }
      origins.add(new Origin(features.get(index), kinds.get(kind), rest));
    }
    return origins;
  }

  private void collectOrigins(int index, Set<Integer> found) {
    if (places[index] >= 0) {
      found.add(index);
      return;
    }
    for (DerivedFeature each : derived) {
      if (each.index() == index) {
        for (int of : each.of()) {
          collectOrigins(of, found);
        }
      }
    }
  }
}
