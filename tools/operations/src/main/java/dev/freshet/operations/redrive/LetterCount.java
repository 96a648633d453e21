package dev.freshet.operations.redrive;

/** Counts letters, and those that nobody can replay. */
final class LetterCount {

  private int listed;
  private int cut;
  private int unreadable;

  void list(Letter letter) {
    listed++;
    cut += letter.isCut() ? 1 : 0;
  }

  void unreadable() {
    unreadable++;
  }

  int listed() {
    return listed;
  }

  /**
   * Says what was left out.
   *
   * @throws IllegalStateException if anything was
   */
  void complain() {
    if (cut > 0 || unreadable > 0) {
      throw new IllegalStateException(
          "left out: %d letters that hold only the start of a record, which its producer has to"
                  .formatted(cut)
              + " send again, and %d records that are no dead letters".formatted(unreadable));
    }
  }
}
