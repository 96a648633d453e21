package dev.freshet.oracle;

import dev.freshet.oracle.PlainInput.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws the inputs and filters of random declarations. */
final class RandomInputs {

  /** In the order in which an item mostly goes through them. */
  static final List<String> TYPES = List.of("STEP_0", "STEP_1", "STEP_2", "STEP_3", "STEP_4");

  static final List<String> KINDS = List.of("a", "b", "ü\"\\", "7", "z");

  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Asia/Kolkata", "Europe/Madrid");

  private final Random random;
  private final String prefix;

  /** The types that the group reads; a filter may name no other. */
  private List<String> read = TYPES;

  /**
   * @param hasMeta whether members are in an object {@code data}
   */
  RandomInputs(Random random, boolean hasMeta) {
    this.random = random;
    this.prefix = hasMeta ? "data." : "";
  }

  String path(String member) {
    return prefix + member;
  }

  /** Draws the types that a group reads. */
  List<String> drawRead() {
    read(someOf(TYPES, 1));
    return read;
  }

  void read(List<String> types) {
    read = types;
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  <T> List<T> someOf(List<T> all, int least) {
    List<T> some = new ArrayList<>(all);
    Collections.shuffle(some, random);
    return List.copyOf(some.subList(0, least + random.nextInt(all.size() - least + 1)));
  }

  PlainInput text() {
    return PlainInput.of(Kind.TEXT, path(random.nextBoolean() ? "kind" : "code"));
  }

  /**
   * @param isShort whether it must have at most 6 fraction digits
   */
  PlainInput number(boolean isShort) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> PlainInput.of(Kind.AMOUNT, path("amount"));
      case 2, 3, 4 ->
          new PlainInput(Kind.DECIMAL, path("price"), "", random.nextInt(isShort ? 7 : 10));
      case 5 -> PlainInput.of(Kind.FLAG, path("isNew"));
      case 6 -> new PlainInput(Kind.SECONDS, path("fromAt"), path("toAt"), 3);
      case 7 -> new PlainInput(Kind.SIGNED_SECONDS, path("beganAt"), path("endedAt"), 3);
      case 8 -> PlainInput.of(Kind.INSTANT, path("madeAt"));
      case 9 -> PlainInput.of(Kind.HOUR_OF_DAY, oneOf(ZONES));
      case 10 -> PlainInput.of(Kind.DAY_OF_WEEK, oneOf(ZONES));
      default -> PlainInput.of(Kind.TYPE_IS, oneOf(read));
    };
  }

  PlainFilter filter(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> new PlainFilter.Text(path("kind"), Set.copyOf(someOf(KINDS, 1)), true);
      case 1 -> new PlainFilter.Text(path("kind"), Set.of(oneOf(KINDS)), false);
      case 2 -> new PlainFilter.Flag(path("isNew"), random.nextBoolean());
      case 3 -> compare();
      case 4 ->
          new PlainFilter.Has(
              path(oneOf(List.of("kind", "amount", "isNew", "toAt"))), random.nextBoolean());
      case 5 -> new PlainFilter.OfType(someOf(read, 1));
      case 6 -> new PlainFilter.Not(filter(depth - 1));
      default ->
          new PlainFilter.Joined(
              List.of(filter(depth - 1), filter(depth - 1)), random.nextBoolean());
    };
  }

  private PlainFilter compare() {
    PlainInput number = number(false);
    double bound =
        switch (number.kind()) {
          case FLAG, TYPE_IS -> random.nextInt(2);
          case HOUR_OF_DAY -> random.nextInt(24);
          case DAY_OF_WEEK -> 1 + random.nextInt(7);
          default -> oneOf(List.of(0.0, 1.5, 12.5, -0.3, 3.0, 1e6));
        };
    return new PlainFilter.Compare(number, oneOf(List.of(">", ">=", "<", "<=", "=")), bound);
  }
}
