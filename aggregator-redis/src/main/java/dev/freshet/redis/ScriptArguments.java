package dev.freshet.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The keys and arguments of one call of a script.
 *
 * <p>Writes them as they are added, in the protocol of Redis: a call has hundreds of arguments, and
 * the client library's objects for each of them would cost more than the rest of the call.
 *
 * <p>Not safe for use by several threads; must not be changed once the call is issued.
 */
public final class ScriptArguments {

  private final BulkStrings keys = new BulkStrings();
  private final BulkStrings arguments = new BulkStrings();
  private byte[] firstKey;

  /** Adds a key; a call has at least one. */
  public void key(byte[] key) {
    firstKey = firstKey == null ? key : firstKey;
    keys.add(key);
  }

  public void argument(byte[] bytes) {
    arguments.add(bytes);
  }

  public void argument(String text) {
    arguments.add(text);
  }

  /** Adds the decimal digits of a number. */
  public void argument(long number) {
    arguments.add(number);
  }

  /** Returns the arguments of {@code EVALSHA}. */
  CommandArgs<byte[], byte[]> of(String sha) {
    BulkStrings head = new BulkStrings();
    head.add(sha);
    head.add(keys.count());
    return new Written(head);
  }

  /** Arguments that are written already. */
  private final class Written extends CommandArgs<byte[], byte[]> {

    private final BulkStrings head;

    Written(BulkStrings head) {
      super(ByteArrayCodec.INSTANCE);
      this.head = head;
    }

    @Override
    public int count() {
      return head.count() + keys.count() + arguments.count();
    }

    @Override
    public void encode(ByteBuf out) {
      for (BulkStrings each : new BulkStrings[] {head, keys, arguments}) {
        out.writeBytes(each.bytes(), 0, each.length());
      }
    }

    /** Returns the key by which a cluster's client chooses the node. */
    @Override
    public ByteBuffer getFirstEncodedKey() {
      return ByteBuffer.wrap(firstKey);
    }

    @Override
    public String toCommandString() {
      return "%d keys, %d arguments".formatted(keys.count(), arguments.count());
    }
  }
}
