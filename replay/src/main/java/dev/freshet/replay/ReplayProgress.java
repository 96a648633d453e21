package dev.freshet.replay;

/** Listens to the progress of a replay. */
@FunctionalInterface
public interface ReplayProgress {

  /** Does nothing. */
  ReplayProgress NONE = (stage, done, all) -> {};

  /**
   * Takes the progress of a stage.
   *
   * @param stage such as {@code reading events}
   * @param done how much of {@code all} is done, in any unit
   */
  void at(String stage, long done, long all);
}
