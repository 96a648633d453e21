package dev.freshet.replay;

/** Is told how far a replay has come. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = (stage, done, all) -> {};

  /**
   * So far it is.
   *
   * @param stage what is being done, such as {@code reading events}
   * @param done how much of {@code all}, in whatever unit
   */
  void at(String stage, long done, long all);
}
