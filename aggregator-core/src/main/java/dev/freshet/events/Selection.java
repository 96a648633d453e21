package dev.freshet.events;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.StateKind;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;

/**
 * The events that some features see: those of a window that pass a filter and have an input.
 *
 * @param last the greatest number of events; 0 for a time window
 * @param lengthMillis the length of the time window; {@link StateKind#FOREVER} if events may be of
 *     any age
 * @param delayMillis how much earlier than t the window ends
 * @param filter the index of the filter; −1 for all events
 * @param input the input that an event must have; null for none
 * @param place of the input among the numbers or texts of an event
 */
public record Selection(
    int last, long lengthMillis, long delayMillis, int filter, Input input, int place) {

  public static Selection of(
      int last, long lengthMillis, long delayMillis, int filter, Input input, Columns columns) {
    int place =
        input == null
            ? -1
            : input.isText()
                ? columns.texts().indexOf(input)
                : columns.place(columns.numbers().indexOf(input));
    return new Selection(last, lengthMillis, delayMillis, filter, input, place);
  }

  boolean isTimeWindow() {
    return last == 0;
  }

  boolean hasAge() {
    return lengthMillis != StateKind.FOREVER;
  }

  /** The age at which an event has left the window; 0 if events may be of any age. */
  public long holdMillis() {
    return hasAge() ? lengthMillis + delayMillis : 0;
  }

  public boolean sees(Occurrence event) {
    return sees(event.filters(), event.numbers(), 0, event.texts(), 0);
  }

  /**
   * Returns whether an event passes the filter and has the input.
   *
   * @param number the index of its first number, {@code text} of its first text
   */
  public boolean sees(long filters, long[] numbers, int number, String[] texts, int text) {
    if (filter >= 0 && ((filters >> filter) & 1) == 0) {
      return false;
    }
    return input == null
        || (input.isText()
            ? texts[text + place] != null
            : numbers[number + place] != Occurrence.NO_VALUE);
  }

  /**
   * Returns why it does not see an event, for people to read.
   *
   * @param itsFilter the filter; null if there is none
   */
  public String whyUnseen(Occurrence event, Filter itsFilter) {
    boolean passes = filter < 0 || ((event.filters() >> filter) & 1) != 0;
    return passes ? "it carries no value" : "not " + itsFilter;
  }
}
