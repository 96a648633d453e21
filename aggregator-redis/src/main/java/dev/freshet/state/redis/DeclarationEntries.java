package dev.freshet.state.redis;

import dev.freshet.fold.StateSchema;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of a group's declarations in Redis: each a fingerprint (4 bytes), an instant (a
 * double, epoch milliseconds) and a schema. An entry without a schema says that history was
 * backfilled up to its instant. The archive has a copy, from which Redis gets back what it lost.
 */
final class DeclarationEntries {

  private static final Logger LOG = LoggerFactory.getLogger(DeclarationEntries.class);

  private static final int FINGERPRINT_BYTES = 4;

  private final byte[] schema;
  private final int fingerprint;
  private final byte[] key;
  private final Redis redis;
  private final Archive archive;
  private final Script script = Script.beside(DeclarationEntries.class, "declare.lua");

  DeclarationEntries(StateSchema schema, byte[] key, Redis redis, Archive archive) {
    this.schema = schema.toBytes();
    this.fingerprint = schema.fingerprint();
    this.key = key;
    this.redis = redis;
    this.archive = archive;
  }

  /**
   * Declares the schema and returns all entries, oldest first. If the archive does not answer, that
   * is possible only while the last entry of Redis is of this schema.
   *
   * @param when when to add an entry, as {@code declare.lua} expects it
   */
  List<byte[]> declare(byte[] when) {
    List<byte[]> archived;
    try {
      archived = archive.declarations();
    } catch (StateStoreException e) {
      List<byte[]> entries = redis.ask(commands -> commands.lrange(key, 0, -1));
      if (!isLastMine(entries)) {
        throw e;
      }
      LOG.warn("{}", e.getMessage());
      return entries;
    }
    List<byte[]> entries = declare(when, archived);
    archiveMissing(entries, archived);
    return entries;
  }

  private boolean isLastMine(List<byte[]> entries) {
    List<byte[]> declared =
        entries.stream().filter(each -> each.length > FINGERPRINT_BYTES + Double.BYTES).toList();
    return !declared.isEmpty()
        && Arrays.equals(
            Arrays.copyOf(declared.get(declared.size() - 1), FINGERPRINT_BYTES), mine());
  }

  private byte[] mine() {
    return Arrays.copyOf(marker(0), FINGERPRINT_BYTES);
  }

  private List<byte[]> declare(byte[] when, List<byte[]> archived) {
    List<byte[]> arguments = new ArrayList<>(List.of(mine(), schema, when));
    arguments.addAll(archived);
    List<byte[]> entries = script.evaluate(redis, key, arguments.toArray(byte[][]::new));
    redis.awaitReplicas(Stream.of(key));
    return entries;
  }

  private void archiveMissing(List<byte[]> entries, List<byte[]> archived) {
    Set<ByteBuffer> known = archived.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
    List<byte[]> missing =
        entries.stream().filter(each -> !known.contains(ByteBuffer.wrap(each))).toList();
    if (!missing.isEmpty()) {
      archive.declare(missing);
    }
  }

  /** Adds an entry which says that history was backfilled up to an instant. */
  void noteBackfilled(long seamMillis) {
    archive.declare(List.of(marker(seamMillis)));
  }

  private byte[] marker(long instant) {
    return ByteBuffer.allocate(FINGERPRINT_BYTES + Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(fingerprint)
        .putDouble((double) instant)
        .array();
  }
}
