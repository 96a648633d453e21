package dev.freshet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind.Gap;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Describes the events that a declaration keeps, and reads those that an earlier one kept. */
public final class EventsSchema {

  private static final String NAME = "events";
  private static final String TIMED = "timed";
  private static final String UNTIMED = "untimed";
  private static final String TYPED = "typed";
  private static final String UNTYPED = "untyped";
  private static final String TYPE = "type ";
  private static final String REQUIRED = "required ";
  private static final String LAST = "last ";

  private EventsSchema() {}

  static KindSchema of(EventsKind kind, List<String> typeNames) {
    List<String> parts = new ArrayList<>();
    parts.add(kind.movesWithTime() ? TIMED : UNTIMED);
    parts.addAll(whatItTakes(kind.features().columns(), kind.types(), kind.required(), typeNames));
    lasts(kind).forEach(parts::add);
    return new KindSchema(NAME, parts, kind.features().holdMillis());
  }

  /**
   * Describes the events that a kind takes.
   *
   * @param types the event types, by their index in the group
   * @param required the place of the number that an event must have; −1 if there is none
   */
  public static List<String> whatItTakes(
      Columns columns, BitSet types, int required, List<String> typeNames) {
    List<String> parts = new ArrayList<>();
    parts.add(types.cardinality() > 1 ? TYPED : UNTYPED);
    types.stream().forEach(type -> parts.add(TYPE + typeNames.get(type)));
    parts.add(REQUIRED + requiredInput(columns, required));
    return parts;
  }

  private static Input requiredInput(Columns columns, int required) {
    return columns.numbers().stream()
        .filter(each -> required >= 0 && columns.place(columns.numbers().indexOf(each)) == required)
        .findFirst()
        .orElse(null);
  }

  /** Describes the windows over last events, so that those of another declaration compare. */
  private static List<String> lasts(EventsKind kind) {
    return kind.features().selections().stream()
        .filter(each -> !each.isTimeWindow())
        .map(each -> "%s%d %s".formatted(LAST, each.last(), lastOf(kind, each)))
        .toList();
  }

  private static String lastOf(EventsKind kind, Selection last) {
    return "of %d ms where %s with %s"
        .formatted(last.lengthMillis(), kind.features().filterOf(last), last.input());
  }

  /** Returns the events that a kind needs and an earlier declaration did not keep. */
  static Gap gap(
      EventsKind kind, StateSchema present, StateSchema old, long untilMillis, long aheadMillis) {
    KindSchema kept = old.kind(NAME);
    boolean hasTypes = kept != null && kept.parts().containsAll(whatItReads(present.kind(NAME)));
    long dropped = untilMillis + aheadMillis; // all that arrived may have been dropped
    long windows = Coverage.ALWAYS;
    long last = Coverage.ALWAYS;
    for (Selection each : kind.features().selections()) {
      boolean isKept = hasTypes && old.keeps(kind.features().filterOf(each), each.input());
      if (each.isTimeWindow() && isKept && kept.holdMillis() > 0) {
        long instant = untilMillis - kept.holdMillis();
        windows = kept.holdMillis() < each.holdMillis() ? Math.max(windows, instant) : windows;
      } else if (each.isTimeWindow() || !isKept || !isLastKept(kind, each, kept)) {
        windows = each.hasAge() ? dropped : windows;
        last = each.hasAge() ? last : dropped;
      }
    }
    return new Gap(windows, last);
  }

  /** Returns the types of events that a kind reads, and which of them it skips. */
  public static List<String> whatItReads(KindSchema kind) {
    return kind.parts().stream()
        .filter(part -> part.startsWith(TYPE) || part.startsWith(REQUIRED))
        .toList();
  }

  /** Returns N of a part {@code last N …}. */
  private static int sizeOf(String last) {
    int start = LAST.length();
    return Integer.parseInt(last.substring(start, last.indexOf(' ', start)));
  }

  private static boolean isLastKept(EventsKind kind, Selection last, KindSchema kept) {
    return kept.parts().stream()
        .filter(part -> part.startsWith(LAST) && part.endsWith(" " + lastOf(kind, last)))
        .anyMatch(part -> sizeOf(part) >= last.last());
  }

  /** Reads the events of an earlier snapshot. */
  static void translate(
      KindSchema old, SnapshotReader in, Translation translation, Consumer<Occurrence> events) {
    if (old.parts().contains(TIMED)) {
      in.signed(); // the newest time; the events have it
    }
    readEvents(old, in, translation, events);
  }

  /** Reads the events that a kind of an earlier declaration wrote with {@link EventsCodec}. */
  public static void readEvents(
      KindSchema old, SnapshotReader in, Translation translation, Consumer<Occurrence> events) {
    StateSchema group = translation.old();
    int onlyType = old.parts().contains(TYPED) ? -1 : group.types().indexOf(onlyType(old));
    new EventsCodec(group.width(), group.texts().size(), !group.filters().isEmpty(), onlyType)
        .read(
            in,
            (id, type, time, numbers, texts, filters) -> {
              Occurrence event =
                  translation.event(
                      new String(id, UTF_8), type, time, numbers.clone(), texts.clone(), filters);
              if (event != null) {
                events.accept(event);
              }
            });
  }

  private static String onlyType(KindSchema old) {
    return old.parts().stream()
        .filter(part -> part.startsWith(TYPE))
        .findFirst()
        .orElseThrow()
        .substring(TYPE.length());
  }
}
