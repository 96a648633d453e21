package dev.freshet.benchmarks.scale;

/**
 * The most that instances can do by the law of bottlenecks: no part works more than all the time.
 *
 * @param alone events a second of one instance
 * @param state seconds of processor an event of all masters of the state store
 * @param features the same of the feature store
 * @param all seconds of processor an event of functions and stores
 * @param stateShare the part of the state store's work that its busiest master has
 * @param featureShare the same of the feature store
 */
record Prediction(
    double alone,
    double state,
    double features,
    double all,
    double stateShare,
    double featureShare) {

  /** Takes the costs of an event from one measured instance, the shares from the model. */
  static Prediction from(InstancesRow one, double stateShare, double featureShare) {
    double rate = one.eventsPerSecond();
    return new Prediction(
        rate,
        one.stateCores() / rate,
        one.featureCores() / rate,
        one.cores() / rate,
        stateShare,
        featureShare);
  }

  /** Returns the prediction if an event costs more than with one instance. */
  Prediction growing(double stateTimes, double allTimes) {
    return new Prediction(
        alone / allTimes, state * stateTimes, features, all * allTimes, stateShare, featureShare);
  }

  /**
   * Returns the events a second of some instances.
   *
   * @param cores for everything
   */
  double eventsPerSecond(int instances, double cores) {
    double stores = 1 / Math.max(state * stateShare, features * featureShare);
    return Math.min(instances * alone, Math.min(stores, cores / all));
  }
}
