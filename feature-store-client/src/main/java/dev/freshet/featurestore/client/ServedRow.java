package dev.freshet.featurestore.client;

import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import java.util.Optional;

/** The features that one model reads, of one row; indexes are those of the service's features. */
public final class ServedRow {

  private final FeatureService service;
  private final int[][] places;
  private final EntityAnswer[] entities;
  private final long nowMillis;
  private final long outdatedBefore;

  ServedRow(FeatureService service, int[][] places, EntityAnswer[] entities, long nowMillis) {
    this.service = service;
    this.places = places;
    this.entities = entities;
    this.nowMillis = nowMillis;
    this.outdatedBefore =
        service.greatestAge().map(age -> nowMillis - age.toMillis()).orElse(Long.MIN_VALUE);
  }

  /** Where a value comes from. */
  public enum Source {
    /** The feature store has it. */
    STORED,
    /** The feature has no value, or its entity has never been seen: the default. */
    ABSENT,
    /** It has been out of date for longer than the service tolerates: the default. */
    OUTDATED,
    /** The history store did not answer: the default. */
    UNKNOWN
  }

  public FeatureService service() {
    return service;
  }

  /** Returns the number of features. */
  public int size() {
    return places.length;
  }

  /** Returns a number, or its default; NaN if it has none, and for a text. */
  public double number(int index) {
    return source(index) == Source.STORED
        ? entity(index).number(places[index][1])
        : feature(index).number();
  }

  /** Returns all numbers, as a model takes them. */
  public double[] numbers() {
    double[] numbers = new double[places.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(i);
    }
    return numbers;
  }

  /** Returns a text, or its default; null if it has none, and for a number. */
  public String text(int index) {
    return source(index) == Source.STORED
        ? entity(index).text(places[index][1])
        : feature(index).text();
  }

  public Source source(int index) {
    EntityAnswer entity = entity(index);
    int group = places[index][2];
    if (entity.lacks(group)) {
      return entity.isUnanswered(group) ? Source.UNKNOWN : Source.ABSENT;
    }
    if (!entity.has(places[index][1])) {
      return Source.ABSENT;
    }
    return entity.outdatedSince(group) < outdatedBefore ? Source.OUTDATED : Source.STORED;
  }

  /** Returns the age of the values of a feature's group; empty if it has never seen the entity. */
  public Optional<Age> age(int index) {
    int group = places[index][2];
    return entity(index).lacks(group) ? Optional.empty() : Optional.of(entity(index).age(group));
  }

  /** Returns the instant at which the row was read, which ages are compared with. */
  public long readAtMillis() {
    return nowMillis;
  }

  private EntityAnswer entity(int index) {
    return entities[places[index][0]];
  }

  private ServedFeature feature(int index) {
    return service.features().get(index);
  }
}
