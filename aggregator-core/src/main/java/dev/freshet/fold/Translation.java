package dev.freshet.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads events that were kept for an earlier declaration of a group as events of its present one.
 * What the earlier one did not keep is absent; {@link #isLacking} says so.
 */
public final class Translation {

  private static final int UNKNOWN = -1;

  private final List<StateKind> presentKinds;
  private final StateSchema old;
  private final StateSchema present;
  private final int[] types;
  private final int[] numbers;
  private final int[] texts;
  private final int[] filters;
  private final int[] kinds;
  private final boolean isLacking;

  /**
   * Creates a translation.
   *
   * @param present the schema of the present declaration
   * @param presentKinds its kinds of state
   */
  public Translation(StateSchema old, StateSchema present, List<StateKind> presentKinds) {
    this.presentKinds = List.copyOf(presentKinds);
    this.old = old;
    this.present = present;
    boolean isSameEntity = old.entity().equals(present.entity());
    this.types = indexes(old.types(), isSameEntity ? present.types() : List.of());
    this.numbers = numbers(old, present);
    this.texts = indexes(present.texts(), old.texts());
    this.filters = indexes(present.filters(), old.filters());
    this.kinds = indexes(names(old), names(present));
    this.isLacking = has(numbers, UNKNOWN) || has(texts, UNKNOWN) || has(filters, UNKNOWN);
  }

  private static List<String> names(StateSchema schema) {
    return schema.kinds().stream().map(KindSchema::name).toList();
  }

  private static int[] numbers(StateSchema old, StateSchema present) {
    List<Integer> from = new ArrayList<>();
    for (int i = 0; i < present.numbers().size(); i++) {
      int place = old.placeOf(present.numbers().get(i));
      for (int j = 0; j < present.places().get(i); j++) {
        from.add(place < 0 ? UNKNOWN : place + j);
      }
    }
    return from.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] indexes(List<String> of, List<String> in) {
    return of.stream().mapToInt(in::indexOf).toArray();
  }

  private static boolean has(int[] indexes, int wanted) {
    for (int each : indexes) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }

  /** The schema of the events to translate. */
  public StateSchema old() {
    return old;
  }

  /** The schema of the present declaration. */
  public StateSchema present() {
    return present;
  }

  /** Returns whether an event of the earlier declaration lacks something of the present one. */
  public boolean isLacking() {
    return isLacking;
  }

  /** Returns the present kind that continues a kind of the earlier declaration, or null. */
  public StateKind kind(int oldKind) {
    return kinds[oldKind] < 0 ? null : presentKinds.get(kinds[oldKind]);
  }

  /** Returns the present kinds of some kinds of the earlier declaration, one bit each. */
  public long kinds(long oldKinds) {
    long translated = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (((oldKinds >> i) & 1) != 0 && kinds[i] >= 0) {
        translated |= 1L << kinds[i];
      }
    }
    return translated;
  }

  /**
   * Translates an event.
   *
   * @param type its type among the earlier ones
   * @return null if the group does not read its type any more, or has another kind of entity
   */
  public Occurrence event(
      String eventId,
      int type,
      long occurredAtMillis,
      long[] oldNumbers,
      String[] oldTexts,
      long oldFilters) {
    if (types[type] < 0) {
      return null;
    }
    long[] itsNumbers = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      itsNumbers[i] = numbers[i] < 0 ? Occurrence.NO_VALUE : oldNumbers[numbers[i]];
    }
    String[] itsTexts = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      itsTexts[i] = texts[i] < 0 ? null : oldTexts[texts[i]];
    }
    long passed = 0;
    for (int i = 0; i < filters.length; i++) {
      passed |= filters[i] < 0 ? 0 : ((oldFilters >> filters[i]) & 1) << i;
    }
    return new Kept(eventId, types[type], occurredAtMillis, itsNumbers, itsTexts, passed);
  }

  /** An event as the present declaration sees it. */
  private record Kept(
      String eventId, int type, long occurredAtMillis, long[] numbers, String[] texts, long filters)
      implements Occurrence {}
}
