package dev.freshet.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where Kinesis places a record: shards share the range of the MD5 of its partition key. */
public final class Shards {

  private static final int BITS = 128;

  private Shards() {}

  public static int of(String partitionKey, int shardCount) {
    BigInteger hash = new BigInteger(1, md5(partitionKey.getBytes(UTF_8)));
    return hash.multiply(BigInteger.valueOf(shardCount)).shiftRight(BITS).intValue();
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
