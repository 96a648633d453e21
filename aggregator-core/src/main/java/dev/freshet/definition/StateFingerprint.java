package dev.freshet.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.StateKind;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;

/**
 * What decides the layout and the meaning of a group's state, as a short text. Declarations with
 * the same fingerprint can work on the same state; with different ones they never may.
 *
 * <p>Part of it: the member of the entity's id, the event types in their order, the value, and what
 * each kind of state holds. Not part of it: names, and what only reads what is held in another way,
 * such as another transformation, or another window that is no longer than the longest.
 */
final class StateFingerprint {

  /** Grows when the engine holds the same declaration in another way. */
  private static final int LAYOUT = 1;

  private static final int LENGTH = 6;
  private static final int BASE = 36;

  private StateFingerprint() {}

  /** Six characters of 0–9 and a–z. */
  static String of(FeatureGroup group) {
    BigInteger hash = new BigInteger(1, sha256(canonical(group)));
    String digits = hash.mod(BigInteger.valueOf(BASE).pow(LENGTH)).toString(BASE);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }

  /** The declaration as text: every part has a place, and no text can be taken for two. */
  private static String canonical(FeatureGroup group) {
    return String.join(
        "\n",
        "layout " + LAYOUT,
        "entity " + text(group.dimension().member()),
        "types "
            + group.eventTypes().stream()
                .map(type -> text(type.name()))
                .collect(Collectors.joining(" ")),
        "value " + group.value().map(value -> text(value.toString())).orElse("none"),
        group.kinds().stream().map(StateKind::layout).collect(Collectors.joining("\n")));
  }

  private static String text(String text) {
    return text.length() + ":" + text;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
