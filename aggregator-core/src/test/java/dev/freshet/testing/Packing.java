package dev.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Packs events as producers do. */
public final class Packing {

  private static final byte[] MAGIC = HexFormat.of().parseHex("f3899ac2");

  private Packing() {}

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Aggregates user records in the published format of the Kinesis Producer Library. */
  public static byte[] kpl(byte[]... records) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    write(message, out -> out.writeString(1, "order-7"));
    write(message, out -> out.writeString(2, "339606600942967391854603552402021847292"));
    for (byte[] data : records) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      write(record, out -> out.writeUInt64(1, 0));
      write(record, out -> out.writeUInt64(2, 0));
      write(record, out -> out.writeByteArray(3, data));
      write(record, out -> out.writeByteArray(4, tag()));
      write(message, out -> out.writeByteArray(3, record.toByteArray()));
    }
    return withDigest(message.toByteArray());
  }

  private static byte[] tag() {
    ByteArrayOutputStream tag = new ByteArrayOutputStream();
    write(tag, out -> out.writeString(1, "k"));
    write(tag, out -> out.writeString(2, "v"));
    return tag.toByteArray();
  }

  /** Puts the magic in front of a message, and its MD5 behind it. */
  public static byte[] withDigest(byte[] message) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(MAGIC);
      all.writeBytes(message);
      all.writeBytes(MessageDigest.getInstance("MD5").digest(message));
      return all.toByteArray();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }

  private static void write(ByteArrayOutputStream to, Field field) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(to);
      field.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
