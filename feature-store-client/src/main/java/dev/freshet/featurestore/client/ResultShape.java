package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.util.ArrayList;
import java.util.List;

/** The fields that some results of one feature group have, and those that they have not. */
final class ResultShape {

  private final FeatureResult example;
  private final List<byte[]> fields = new ArrayList<>();
  private final List<byte[]> absent = new ArrayList<>();

  private ResultShape(FeatureResult example) {
    this.example = example;
    ResultFields.of(example, (name, text) -> fields.add(field(name)));
    if (example.absent() != null) {
      if (example.validUntil().isEmpty()) {
        absent.add(field(Age.VALID_UNTIL));
      }
      if (example.completeSince().isEmpty()) {
        absent.add(field(Age.COMPLETE_SINCE));
      }
      example.absent().forEach(name -> absent.add(field(name)));
    }
  }

  /** Returns the shape of a result. */
  static ResultShape of(FeatureResult result) {
    return new ResultShape(result);
  }

  private byte[] field(String name) {
    return (EntityKey.prefix(example.featureGroup()) + name).getBytes(UTF_8);
  }

  /** Returns whether another result of the group has the same fields, and lacks the same. */
  boolean fits(FeatureResult result) {
    return result.validUntil().isPresent() == example.validUntil().isPresent()
        && result.completeSince().isPresent() == example.completeSince().isPresent()
        && haveSameNames(result.features(), example.features())
        && (result.absent() == null
            ? example.absent() == null
            : result.absent().equals(example.absent()));
  }

  private static boolean haveSameNames(List<FeatureValue> left, List<FeatureValue> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).name().equals(right.get(i).name())) {
        return false;
      }
    }
    return true;
  }

  /** The names of the fields, with the prefix of the group. */
  List<byte[]> fields() {
    return fields;
  }

  /** The names of the fields that the results have not; null if they do not say which. */
  List<byte[]> absent() {
    return example.absent() == null ? null : absent;
  }
}
