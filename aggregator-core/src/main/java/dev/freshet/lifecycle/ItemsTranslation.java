package dev.freshet.lifecycle;

import static dev.freshet.lifecycle.LifecycleKind.BY;
import static dev.freshet.lifecycle.LifecycleKind.ENTERED_BY;
import static dev.freshet.lifecycle.LifecycleKind.OF;
import static dev.freshet.lifecycle.LifecycleKind.STAGE;
import static dev.freshet.lifecycle.LifecycleKind.VALUE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.KindSchema;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the items that were kept for an earlier declaration as events: one for each stage that an
 * item entered, for each number that it kept, and for the newest event that named it.
 */
final class ItemsTranslation {

  private final StateSchema old;
  private final Translation translation;
  private final Consumer<Occurrence> events;
  private final List<String> stages = new ArrayList<>();

  /** For each stage, the index of a type that enters it. */
  private final List<Integer> types = new ArrayList<>();

  /** For each number that an item keeps: its stage, and its place in an event. */
  private final List<int[]> values = new ArrayList<>();

  private final int text;

  ItemsTranslation(KindSchema kind, Translation translation, Consumer<Occurrence> events) {
    this.old = translation.old();
    this.translation = translation;
    this.events = events;
    this.text = old.texts().indexOf(kind.name().substring(kind.name().indexOf(BY) + BY.length()));
    kind.parts().forEach(this::addPart);
  }

  private void addPart(String part) {
    if (part.startsWith(STAGE)) {
      int by = part.indexOf(ENTERED_BY);
      String stage = part.substring(STAGE.length(), by);
      if (!stages.contains(stage)) {
        stages.add(stage);
        types.add(old.types().indexOf(part.substring(by + ENTERED_BY.length())));
      }
    } else {
      int of = part.indexOf(OF);
      int stage = stages.indexOf(part.substring(VALUE.length(), of));
      values.add(new int[] {stage, old.placeOf(part.substring(of + OF.length()))});
    }
  }

  void read(SnapshotReader in) {
    in.signed(); // the newest time; the items have it
    for (long ahead = in.number(); ahead > 0; ahead--) {
      in.signed();
    }
    int count = (int) in.number();
    Items items = new Items(stages.size(), values.size(), count);
    ItemsCodec.readItems(stages.size(), values.size(), count, items, in);
    for (int item = 0; item < count; item++) {
      translate(items, item);
    }
  }

  private void translate(Items items, int item) {
    String id = new String(items.id(item), UTF_8);
    int any = 0;
    for (int stage = 0; stage < stages.size(); stage++) {
      if (items.stageMillis(item, stage) != Items.NEVER) {
        any = stage;
        send(id, stage, items.stageMillis(item, stage), -1, Occurrence.NO_VALUE);
      }
    }
    send(id, any, items.newestMillis(item), -1, Occurrence.NO_VALUE);
    for (int value = 0; value < values.size(); value++) {
      long number = items.value(item, value);
      if (number != Occurrence.NO_VALUE) {
        int[] kept = values.get(value);
        send(id, kept[0], items.valueMillis(item, value), kept[1], number);
      }
    }
  }

  private void send(String id, int stage, long millis, int place, long number) {
    long[] numbers = new long[old.width()];
    Arrays.fill(numbers, Occurrence.NO_VALUE);
    if (place >= 0) {
      numbers[place] = number;
    }
    String[] texts = new String[old.texts().size()];
    texts[text] = id;
    Occurrence event = translation.event("", types.get(stage), millis, numbers, texts, 0);
    if (event != null) {
      events.accept(event);
    }
  }
}
