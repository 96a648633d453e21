package dev.freshet.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.fold.StateKind;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text that identifies the layout and the meaning of a group's state. Declarations with
 * equal fingerprints can share state; others must not.
 *
 * <p>It covers the member of the entity id, the event types in their order, the value, and the
 * contents of each kind of state. It does not cover names, nor changes that only read the state
 * differently: another transformation, or another window that is not longer than the longest.
 */
final class StateFingerprint {

  /** Increase this when the engine changes how it stores the same declaration. */
  private static final int LAYOUT = 2;

  private static final int LENGTH = 6;
  private static final int BASE = 36;

  private StateFingerprint() {}

  /** Returns six characters of 0–9 and a–z. */
  static String of(FeatureGroup group) {
    BigInteger hash = new BigInteger(1, sha256(canonical(group)));
    String digits = hash.mod(BigInteger.valueOf(BASE).pow(LENGTH)).toString(BASE);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }

  /**
   * Returns the declaration as text. Each part has a fixed place and a length, so that no two
   * declarations have the same text.
   */
  private static String canonical(FeatureGroup group) {
    return String.join(
        "\n",
        "layout " + LAYOUT,
        "entity " + texts(group.dimension().members()),
        "types " + texts(group.eventTypes().stream().map(EventType::name).toList()),
        "numbers " + texts(group.columns().numbers()),
        "texts " + texts(group.columns().texts()),
        "filters " + texts(group.columns().filters()),
        group.kinds().stream().map(StateKind::layout).collect(Collectors.joining("\n")));
  }

  private static String texts(List<?> parts) {
    return parts.stream().map(each -> text(each.toString())).collect(Collectors.joining(" "));
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
