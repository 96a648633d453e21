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
import java.util.List;
import java.util.function.Consumer;

/** Describes the events that a declaration keeps, and reads those that an earlier one kept. */
final class EventsSchema {

  private static final String NAME = "events";
  private static final String TIMED = "timed";
  private static final String UNTIMED = "untimed";
  private static final String TYPED = "typed";
  private static final String UNTYPED = "untyped";
  private static final String TYPE = "type ";
  private static final String LAST = "last ";

  private EventsSchema() {}

  static KindSchema of(EventsKind kind, List<String> typeNames) {
    List<String> parts = new ArrayList<>();
    parts.add(kind.movesWithTime() ? TIMED : UNTIMED);
    parts.add(kind.types().cardinality() > 1 ? TYPED : UNTYPED);
    kind.types().stream().forEach(type -> parts.add(TYPE + typeNames.get(type)));
    parts.add("required " + requiredInput(kind));
    lasts(kind).forEach(parts::add);
    return new KindSchema(NAME, parts, kind.holdMillis());
  }

  private static Input requiredInput(EventsKind kind) {
    Columns columns = kind.columns();
    int required = kind.required();
    return columns.numbers().stream()
        .filter(each -> required >= 0 && columns.place(columns.numbers().indexOf(each)) == required)
        .findFirst()
        .orElse(null);
  }

  /** Describes the windows over last events, so that those of another declaration compare. */
  private static List<String> lasts(EventsKind kind) {
    return kind.selections().stream()
        .filter(each -> !each.isTimeWindow())
        .map(each -> "%s%d %s".formatted(LAST, each.last(), lastOf(kind, each)))
        .toList();
  }

  private static String lastOf(EventsKind kind, Selection last) {
    return "of %d ms where %s with %s"
        .formatted(last.lengthMillis(), kind.filterOf(last), last.input());
  }

  /** Returns the events that a kind needs and an earlier declaration did not keep. */
  static Gap gap(
      EventsKind kind, StateSchema present, StateSchema old, long untilMillis, long aheadMillis) {
    KindSchema kept = old.kind(NAME);
    boolean hasTypes = kept != null && kept.parts().containsAll(whatItReads(present));
    long dropped = untilMillis + aheadMillis; // all that arrived may have been dropped
    long windows = Coverage.ALWAYS;
    long last = Coverage.ALWAYS;
    for (Selection each : kind.selections()) {
      boolean isKept = hasTypes && old.keeps(kind.filterOf(each), each.input());
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

  /** Returns the types of events that it reads, and which of them it skips. */
  private static List<String> whatItReads(StateSchema present) {
    return present.kind(NAME).parts().stream()
        .filter(part -> part.startsWith(TYPE) || part.startsWith("required "))
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
    boolean isTyped = old.parts().contains(TYPED);
    long[] numbers = new long[translation.old().width()];
    String[] texts = new String[translation.old().texts().size()];
    boolean hasFilters = !translation.old().filters().isEmpty();
    int onlyType = isTyped ? -1 : translation.old().types().indexOf(onlyType(old));
    long before = 0;
    for (long left = in.number(); left > 0; left--) {
      String id = new String(in.id(), UTF_8);
      before += in.signed();
      int type = isTyped ? (int) in.number() : onlyType;
      long filters = in.columns(hasFilters, numbers, texts);
      Occurrence event =
          translation.event(id, type, before, numbers.clone(), texts.clone(), filters);
      if (event != null) {
        events.accept(event);
      }
    }
  }

  private static String onlyType(KindSchema old) {
    return old.parts().stream()
        .filter(part -> part.startsWith(TYPE))
        .findFirst()
        .orElseThrow()
        .substring(TYPE.length());
  }
}
