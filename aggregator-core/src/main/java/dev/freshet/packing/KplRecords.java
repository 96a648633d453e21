package dev.freshet.packing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Unpacks the user records of a record that the Kinesis Producer Library aggregated: four bytes of
 * magic, a protobuf message {@code AggregatedRecord}, and the MD5 of the message.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">
 *     KPL aggregated record format</a>
 */
final class KplRecords {

  private static final int[] MAGIC = {0xF3, 0x89, 0x9A, 0xC2};
  private static final int DIGEST_BYTES = 16;

  /** {@code repeated Record records = 3} of {@code AggregatedRecord}. */
  private static final int RECORDS = tag(3);

  /** {@code required bytes data = 3} of {@code Record}. */
  private static final int DATA = tag(3);

  private KplRecords() {}

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  static boolean isAggregated(Bytes bytes) {
    return bytes.startsWith(MAGIC);
  }

  /** Returns the user records; the partition keys are left out. */
  static List<Bytes> unpack(Bytes bytes, int most) throws UnreadableException {
    int from = bytes.from() + MAGIC.length;
    int to = bytes.to() - DIGEST_BYTES;
    if (to < from || !hasDigest(bytes.data(), from, to)) {
      throw new UnreadableException(
          "the record starts as one of the Kinesis Producer Library (f3 89 9a c2), but its checksum"
              + " does not fit: it is damaged");
    }
    CodedInputStream message = CodedInputStream.newInstance(bytes.data(), from, to - from);
    message.enableAliasing(true);
    try {
      return records(message, most);
    } catch (IOException e) {
      throw new UnreadableException(
          "the record of the Kinesis Producer Library is not of its format: " + e.getMessage());
    }
  }

  private static List<Bytes> records(CodedInputStream message, int most)
      throws IOException, UnreadableException {
    List<Bytes> records = new ArrayList<>();
    for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
      if (tag != RECORDS) {
        message.skipField(tag);
      } else if (records.size() == most) {
        throw RecordUnpacker.tooMany(most);
      } else {
        int outer = message.pushLimit(message.readRawVarint32());
        records.add(data(message));
        message.popLimit(outer);
      }
    }
    return records;
  }

  private static Bytes data(CodedInputStream message) throws IOException, UnreadableException {
    ByteBuffer data = null;
    for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
      if (tag == DATA) {
        data = message.readByteBuffer();
      } else {
        message.skipField(tag);
      }
    }
    if (data == null) {
      throw new UnreadableException(
          "a record inside that of the Kinesis Producer Library has no data");
    }
    return Bytes.of(data);
  }

  private static boolean hasDigest(byte[] data, int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(data, from, to - from);
      return Arrays.equals(digest.digest(), 0, DIGEST_BYTES, data, to, to + DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
