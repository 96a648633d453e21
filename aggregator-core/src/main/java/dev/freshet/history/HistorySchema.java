package dev.freshet.history;

import dev.freshet.events.EventsSchema;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.StateKind.Gap;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Describes the tiles that a declaration keeps, and finds them among those of an earlier one. */
final class HistorySchema {

  private static final String TILES = "tiles ";
  private static final String FOR = "for ";

  private HistorySchema() {}

  /** Describes the parts of tiles, in the order in which they are written, and their windows. */
  static KindSchema of(HistoryKind kind, List<String> typeNames) {
    List<String> parts =
        new ArrayList<>(
            EventsSchema.whatItTakes(
                kind.features().columns(), kind.types(), kind.required(), typeNames));
    for (TilePart part : kind.features().parts()) {
      parts.add(describe(kind, part));
      part.spans().stream()
          .map(span -> windowOf(span, describe(kind, part)))
          .distinct()
          .forEach(parts::add);
    }
    return new KindSchema(StateSchema.HISTORY, parts, kind.holdMillis());
  }

  private static String describe(HistoryKind kind, TilePart part) {
    return "%s%s of %s where %s"
        .formatted(
            TILES,
            part.summary(),
            part.selection().input(),
            kind.features().filterOf(part.selection()));
  }

  private static String windowOf(HistorySpan span, String part) {
    return "%s%d %d %d %s"
        .formatted(FOR, span.lengthMillis(), span.hopMillis(), span.delayMillis(), part);
  }

  /** Returns for each part that an earlier declaration wrote its index in a kind, or −1. */
  static int[] partsOf(HistoryKind kind, Translation translation) {
    List<String> present =
        takesTheSame(translation.present(), translation.old())
            ? kind.features().parts().stream().map(part -> describe(kind, part)).toList()
            : List.of();
    return translation.old().kind(StateSchema.HISTORY).parts().stream()
        .filter(each -> each.startsWith(TILES))
        .mapToInt(present::indexOf)
        .toArray();
  }

  /** Returns whether two declarations merge the same events. */
  private static boolean takesTheSame(StateSchema present, StateSchema old) {
    KindSchema kept = old.kind(StateSchema.HISTORY);
    return kept != null
        && old.entity().equals(present.entity())
        && Set.copyOf(EventsSchema.whatItReads(kept))
            .equals(Set.copyOf(EventsSchema.whatItReads(present.kind(StateSchema.HISTORY))));
  }

  /** Returns the events that a kind needs and an earlier declaration did not keep. */
  static Gap gap(HistoryKind kind, StateSchema present, StateSchema old, long untilMillis) {
    if (!takesTheSame(present, old)) {
      return new Gap(untilMillis, Coverage.ALWAYS);
    }
    long missing = Coverage.ALWAYS;
    for (TilePart part : kind.features().parts()) {
      for (HistorySpan span : part.spans()) {
        long kept = keptFor(span, describe(kind, part), old.kind(StateSchema.HISTORY));
        if (kept < span.holdMillis()) {
          missing = Math.max(missing, untilMillis - Math.max(0, kept - span.hopMillis()));
        }
      }
    }
    return new Gap(missing, Coverage.ALWAYS);
  }

  /** Returns up to which age an earlier declaration kept a part of tiles that serve a window. */
  private static long keptFor(HistorySpan span, String part, KindSchema kept) {
    return kept.parts().stream()
        .filter(each -> each.startsWith(FOR) && each.endsWith(" " + part))
        .map(HistorySchema::spanOf)
        .mapToLong(each -> each.keptFor(span))
        .max()
        .orElse(0);
  }

  private static HistorySpan spanOf(String window) {
    long[] numbers =
        Arrays.stream(window.split(" ", 5)).skip(1).limit(3).mapToLong(Long::parseLong).toArray();
    return new HistorySpan(numbers[0], numbers[1], numbers[2]);
  }
}
