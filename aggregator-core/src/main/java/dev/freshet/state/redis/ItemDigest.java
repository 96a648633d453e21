package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What stands for an item's id in the state: 16 bytes of its SHA-256, so that all records of a key
 * are of one size, whatever an id looks like. Nobody finds two ids with the same.
 */
final class ItemDigest {

  static final int BYTES = 16;

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(ItemDigest::sha256);

  private ItemDigest() {}

  static byte[] of(String id) {
    return Arrays.copyOf(SHA_256.get().digest(id.getBytes(UTF_8)), BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
