package dev.freshet.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a {@link FeatureService}; each call rejects what contradicts those before it. */
public final class FeatureServiceBuilder {

  private final String name;
  private final List<ServedFeature> features = new ArrayList<>();
  private final Set<String> fields = new HashSet<>();
  private String description = "";
  private Duration greatestAge;

  /** The index of the first feature that the last {@link #reads} added. */
  private int firstRead;

  FeatureServiceBuilder(String name) {
    this.name = name;
  }

  /** Sets the purpose: a sentence or two for the catalogue. */
  public FeatureServiceBuilder describedAs(String purpose) {
    require(description.isEmpty(), "describedAs() is called twice: keep one");
    description = purpose.strip();
    return this;
  }

  /**
   * Adds features of a group.
   *
   * @param names their names in the group; at least one
   */
  public FeatureServiceBuilder reads(FeatureGroup group, String... names) {
    require(names.length > 0, "reads(%s) names no feature".formatted(group));
    firstRead = features.size();
    for (String each : names) {
      features.add(served(group, each));
    }
    return this;
  }

  private ServedFeature served(FeatureGroup group, String feature) {
    Feature declared = group.feature(feature);
    require(
        declared != null,
        "feature group %s has no feature %s, only %s"
            .formatted(
                group,
                Names.cut(feature),
                String.join(", ", group.features().stream().map(Feature::name).toList())));
    require(fields.add(group + ":" + feature), "it reads %s:%s twice".formatted(group, feature));
    return new ServedFeature(
        group.dimension().name(), group.name(), feature, declared.isText(), Double.NaN, null);
  }

  /** Sets the value of the numbers of the last {@link #reads} where they are absent. */
  public FeatureServiceBuilder orElse(double number) {
    require(Double.isFinite(number), "orElse(%s) is not a finite number".formatted(number));
    return orElse(number, null);
  }

  /** Sets the value of the texts of the last {@link #reads} where they are absent. */
  public FeatureServiceBuilder orElse(String text) {
    require(text != null, "orElse(null) is not a text: leave it out for no default");
    return orElse(Double.NaN, text);
  }

  private FeatureServiceBuilder orElse(double number, String text) {
    require(!features.isEmpty(), "orElse() must follow the reads() that it is for");
    for (int i = firstRead; i < features.size(); i++) {
      ServedFeature each = features.get(i);
      require(!each.hasDefault(), "%s has two defaults: keep one".formatted(each.field()));
      require(
          each.isText() == (text != null),
          each.isText()
              ? "%s is a text, its default %s a number: write orElse(\"…\"), in a reads() of its own"
                  .formatted(each.field(), number)
              : "%s is a number, its default '%s' a text: write orElse(0), in a reads() of its own"
                  .formatted(each.field(), Names.cut(String.valueOf(text))));
      features.set(i, each.orElse(number, text));
    }
    return this;
  }

  /**
   * Sets how long a value may be out of date; after that it counts as absent. {@link
   * FeatureService#greatestAge} says what is out of date.
   */
  public FeatureServiceBuilder noOlderThan(Duration age) {
    require(greatestAge == null, "noOlderThan() is called twice: keep one");
    require(!age.isNegative() && !age.isZero(), "noOlderThan() must be positive: " + age);
    greatestAge = age;
    return this;
  }

  /**
   * Returns the finished declaration.
   *
   * @throws IllegalArgumentException if it reads nothing
   */
  public FeatureService build() {
    require(!features.isEmpty(), "it has no features: add reads()");
    return new FeatureService(name, description, features, Optional.ofNullable(greatestAge));
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("feature service " + name + ": " + complaint);
    }
  }
}
