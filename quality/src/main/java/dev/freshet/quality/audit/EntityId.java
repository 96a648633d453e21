package dev.freshet.quality.audit;

/** An entity of a dimension. */
record EntityId(String dimension, String id) {

  @Override
  public String toString() {
    return dimension + " " + id;
  }
}
