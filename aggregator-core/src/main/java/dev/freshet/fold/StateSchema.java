package dev.freshet.fold;

import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The events, and the parts of them, that a declaration keeps in its state. Stored beside the
 * state, so that a later declaration can read it.
 *
 * @param entity the members of the entity's id
 * @param types the names of the event types
 * @param numbers the numbers that an event keeps, each described
 * @param places the number of places that each of them takes
 * @param texts the texts that an event keeps
 * @param filters the filters that were applied
 * @param hasEventIds whether a kind keeps the ids of events
 * @param kinds the kinds of state
 */
public record StateSchema(
    List<String> entity,
    List<String> types,
    List<String> numbers,
    List<Integer> places,
    List<String> texts,
    List<String> filters,
    boolean hasEventIds,
    List<KindSchema> kinds) {

  /** The name of the kind that is archived. */
  public static final String HISTORY = "history";

  /** Increase this when the engine changes how it stores the same declaration. */
  private static final int LAYOUT = 2;

  /** Returns the schema of a group that keeps these columns in these kinds of state. */
  public static StateSchema of(
      List<String> entity, List<String> types, Columns columns, List<StateKind> kinds) {
    return new StateSchema(
        entity,
        types,
        columns.numbers().stream().map(Input::toString).toList(),
        columns.numbers().stream().map(each -> Columns.isWide(each) ? 2 : 1).toList(),
        columns.texts().stream().map(Input::toString).toList(),
        columns.filters().stream().map(Object::toString).toList(),
        kinds.stream().anyMatch(StateKind::holdsEventIds),
        kinds.stream().map(kind -> kind.schema(types)).toList());
  }

  /** Returns the length of the array of an event's numbers. */
  public int width() {
    return places.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the first place of a number; −1 if an event does not keep it. */
  public int placeOf(String number) {
    int place = 0;
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i).equals(number)) {
        return place;
      }
      place += places.get(i);
    }
    return -1;
  }

  /** Returns whether events keep an input and pass or fail a filter; null stands for none. */
  public boolean keeps(Object filter, Object input) {
    return (filter == null || filters.contains(filter.toString()))
        && (input == null
            || numbers.contains(input.toString())
            || texts.contains(input.toString()));
  }

  /** Returns the schema of a kind, or null. */
  public KindSchema kind(String name) {
    return kinds.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns whether it has windows whose state is archived. */
  public boolean hasHistory() {
    return kind(HISTORY) != null;
  }

  /** Writes the schema, for {@link #read}. */
  public byte[] toBytes() {
    SnapshotWriter out = new SnapshotWriter(512).number(LAYOUT);
    for (List<String> each : List.of(entity, types, numbers, texts, filters)) {
      write(out, each);
    }
    places.forEach(out::number);
    out.small(hasEventIds ? 1 : 0);
    out.number(kinds.size());
    kinds.forEach(each -> each.write(out));
    return out.toBytes();
  }

  /**
   * Reads the output of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if another version of the engine wrote it
   */
  public static StateSchema read(byte[] bytes) {
    SnapshotReader in = new SnapshotReader(bytes);
    long layout = in.number();
    if (layout != LAYOUT) {
      throw new IllegalArgumentException(
          "the state has layout %d, not %d: forget it and rebuild, or deploy the version that wrote it"
              .formatted(layout, LAYOUT));
    }
    List<String> entity = readTexts(in);
    List<String> types = readTexts(in);
    List<String> numbers = readTexts(in);
    List<String> texts = readTexts(in);
    List<String> filters = readTexts(in);
    List<Integer> places = new ArrayList<>();
    numbers.forEach(each -> places.add((int) in.number()));
    boolean hasEventIds = in.small() == 1;
    List<KindSchema> kinds = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      kinds.add(KindSchema.read(in));
    }
    return new StateSchema(entity, types, numbers, places, texts, filters, hasEventIds, kinds);
  }

  static void write(SnapshotWriter out, List<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  static List<String> readTexts(SnapshotReader in) {
    List<String> texts = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      texts.add(in.text());
    }
    return texts;
  }

  /**
   * Returns a number that is equal for declarations that keep the same, and differs for all others.
   */
  public int fingerprint() {
    return ByteBuffer.wrap(sha256(toBytes())).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
