package dev.freshet.featurestore.client;

import dev.freshet.result.FeatureResult;

/** An entity of one call, and what was found of it so far. */
interface Found {

  String dimension();

  String id();

  boolean asksFor(String group);

  /** Returns whether nothing was found of a group. */
  boolean lacks(String group);

  /** Adds a result of the history store that is of this entity. */
  void add(FeatureResult result);

  /** Notes that a group's features are unknown, as the history store did not answer. */
  void leaveUnanswered(String group, String why);
}
