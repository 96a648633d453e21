package dev.freshet.replay.events;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The place of an event in a file.
 *
 * @param line the line in which it begins, from 1
 * @param inLine its number among the events that begin in this line, from 1; 0 in a table, whose
 *     rows are no lines
 */
public record Place(long line, long inLine) implements Comparable<Place>, Serializable {

  private static final Comparator<Place> IN_FILE =
      Comparator.comparingLong(Place::line).thenComparingLong(Place::inLine);

  /** Returns the place of a row of a table, from 1. */
  static Place ofRow(long row) {
    return new Place(row, 0);
  }

  @Override
  public int compareTo(Place other) {
    return IN_FILE.compare(this, other);
  }

  /** Returns a text such as {@code line 7} or {@code line 1 event 38}. */
  @Override
  public String toString() {
    if (inLine == 0) {
      return "row " + line;
    }
    return inLine == 1 ? "line " + line : "line " + line + " event " + inLine;
  }
}
