package dev.freshet.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.stream.OutgoingRecord;
import io.lettuce.core.RedisNoScriptException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The dead letters that wait for one stream, oldest first: a list in Redis of bounded length and
 * size. Every method throws {@link io.lettuce.core.RedisException} if Redis fails.
 */
final class LetterList {

  private final Redis redis;
  private final byte[][] keys;
  private final int mostLetters;
  private final long mostBytes;
  private final Script append = Script.beside(LetterList.class, "append.lua");
  private final Script remove = Script.beside(LetterList.class, "remove.lua");

  LetterList(Redis redis, String stream, int mostLetters, long mostBytes) {
    this.redis = redis;
    String key = "letters:{" + stream + "}";
    this.keys = new byte[][] {key.getBytes(UTF_8), (key + ":bytes").getBytes(UTF_8)};
    this.mostLetters = mostLetters;
    this.mostBytes = mostBytes;
  }

  /** Appends as many letters as there is room for, first ones first; returns their number. */
  int append(List<OutgoingRecord> letters) {
    Stream<byte[]> limits =
        Stream.of(mostLetters, mostBytes).map(limit -> limit.toString().getBytes(UTF_8));
    long appended = call(append, Stream.concat(limits, letters.stream().map(LetterList::encoded)));
    redis.awaitReplicas(Stream.of(keys));
    return (int) appended;
  }

  /** Returns the oldest letters. */
  List<OutgoingRecord> first(int most) {
    return redis.ask(commands -> commands.lrange(keys[0], 0, most - 1)).stream()
        .map(LetterList::decoded)
        .toList();
  }

  /** Removes letters, wherever they are in the list; ignores letters that no longer wait. */
  void remove(Stream<OutgoingRecord> letters) {
    var unused = call(remove, letters.map(LetterList::encoded));
  }

  private long call(Script script, Stream<byte[]> arguments) {
    byte[][] all = arguments.toArray(byte[][]::new);
    try {
      return (long) redis.ask(commands -> script.call(commands, keys, all)).get(0);
    } catch (RedisNoScriptException e) {
      Script.load(redis, append, remove);
      return (long) redis.ask(commands -> script.call(commands, keys, all)).get(0);
    }
  }

  /**
   * Encodes a letter: the length of the partition key in two bytes, the partition key, the data.
   */
  private static byte[] encoded(OutgoingRecord letter) {
    byte[] key = letter.partitionKey().getBytes(UTF_8);
    return ByteBuffer.allocate(Short.BYTES + key.length + letter.data().length)
        .putShort((short) key.length)
        .put(key)
        .put(letter.data())
        .array();
  }

  private static OutgoingRecord decoded(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] key = new byte[buffer.getShort()];
    buffer.get(key);
    byte[] data = new byte[buffer.remaining()];
    buffer.get(data);
    return new OutgoingRecord(new String(key, UTF_8), data);
  }
}
