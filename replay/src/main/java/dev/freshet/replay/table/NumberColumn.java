package dev.freshet.replay.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Encodes the numbers of a feature in a row group, all at once: the writers of Parquet's library
 * take one at a time, which takes five times as long.
 *
 * <p>Numbers are listed in a dictionary if they are few, as counts are.
 */
final class NumberColumn {

  private static final int MOST_LISTED = 1 << 13;

  /** Of so many numbers, this many differ if they do not repeat much. */
  private static final int SAMPLE = 1 << 10;

  private static final int MOST_OF_SAMPLE = SAMPLE * 3 / 4;
  private static final int ROWS_OF_PAGE = 20_000;

  private final PrimitiveType type;
  private final PageWriter pages;
  private final double[] listed = new double[MOST_LISTED];
  private final short[] table = new short[4 * MOST_LISTED];
  private int distinct;

  NumberColumn(PrimitiveType type, PageWriter pages) {
    this.type = type;
    this.pages = pages;
  }

  /**
   * Writes the pages of numbers, one for each row; NaN is absent.
   *
   * @param spare of the same length; its content is lost
   */
  void write(double[] rows, short[] spare) throws IOException {
    boolean isListed = list(rows, spare);
    if (isListed) {
      byte[] page = new byte[distinct * Double.BYTES];
      ByteBuffer.wrap(page)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer()
          .put(listed, 0, distinct);
      pages.writeDictionaryPage(
          new DictionaryPage(BytesInput.from(page), distinct, Encoding.PLAIN));
    }
    for (int from = 0; from < rows.length; from += ROWS_OF_PAGE) {
      int to = Math.min(rows.length, from + ROWS_OF_PAGE);
      writePage(rows, isListed ? spare : null, from, to);
    }
  }

  /** Numbers the distinct values as they appear; returns false if they are too many. */
  private boolean list(double[] rows, short[] places) {
    int seen = 0;
    for (int row = 0; row < rows.length; row++) {
      if (!Double.isNaN(rows[row])) {
        int place = place(rows[row]);
        if (place < 0 || (++seen == SAMPLE && distinct > MOST_OF_SAMPLE)) {
          return false;
        }
        places[row] = (short) place;
      }
    }
    return distinct > 0;
  }

  private int place(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int at = (int) (bits * 0x9E3779B97F4A7C15L >>> 49);
    while (table[at] != 0) {
      int place = table[at] - 1;
      if (Double.doubleToRawLongBits(listed[place]) == bits) {
        return place;
      }
      at = (at + 1) & (table.length - 1);
    }
    if (distinct == MOST_LISTED) {
      return -1;
    }
    listed[distinct] = number;
    table[at] = (short) ++distinct;
    return distinct - 1;
  }

  private void writePage(double[] rows, short[] places, int from, int to) throws IOException {
    int rowCount = to - from;
    Bits levels = new Bits(rowCount, 1);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int present = 0;
    for (int row = from; row < to; row++) {
      boolean isPresent = !Double.isNaN(rows[row]);
      levels.add(isPresent ? 1 : 0);
      if (isPresent) {
        least = Math.min(least, rows[row]);
        most = Math.max(most, rows[row]);
        present++;
      }
    }
    BytesInput values =
        places == null ? plain(rows, from, to, present) : listed(rows, places, from, to, present);
    BytesInput levelBytes = levels.bytes();
    pages.writePage(
        BytesInput.concat(BytesInput.fromInt((int) levelBytes.size()), levelBytes, values),
        rowCount,
        rowCount,
        statistics(least, most, rowCount - present),
        SizeStatistics.newBuilder(type, 0, 1).build(),
        GeospatialStatistics.newBuilder(type).build(),
        Encoding.RLE,
        Encoding.RLE,
        places == null ? Encoding.PLAIN : Encoding.RLE_DICTIONARY);
  }

  private Statistics<?> statistics(double least, double most, int absent) {
    Statistics<?> statistics = Statistics.createStats(type);
    if (least <= most) {
      statistics.updateStats(least == 0 ? -0.0 : least);
      statistics.updateStats(most == 0 ? 0.0 : most);
    }
    statistics.incrementNumNulls(absent);
    return statistics;
  }

  private static BytesInput plain(double[] rows, int from, int to, int present) {
    byte[] bytes = new byte[present * Double.BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = from; row < to; row++) {
      if (!Double.isNaN(rows[row])) {
        out.putDouble(rows[row]);
      }
    }
    return BytesInput.from(bytes);
  }

  private BytesInput listed(double[] rows, short[] places, int from, int to, int present) {
    int width = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(distinct - 1));
    Bits bits = new Bits(present, width);
    for (int row = from; row < to; row++) {
      if (!Double.isNaN(rows[row])) {
        bits.add(places[row]);
      }
    }
    return BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), bits.bytes());
  }

  /** One run of bit-packed numbers, in Parquet's hybrid encoding. */
  private static final class Bits {
    private final byte[] bytes;
    private final int width;
    private final int groups;
    private long waiting;
    private int waitingBits;
    private int length;

    Bits(int count, int width) {
      this.width = width;
      this.groups = (count + 7) / 8;
      this.bytes = new byte[groups * width + Long.BYTES];
    }

    void add(int number) {
      waiting |= (long) number << waitingBits;
      waitingBits += width;
      while (waitingBits >= Byte.SIZE) {
        bytes[length++] = (byte) waiting;
        waiting >>>= Byte.SIZE;
        waitingBits -= Byte.SIZE;
      }
    }

    BytesInput bytes() {
      bytes[length] = (byte) waiting;
      return BytesInput.concat(
          BytesInput.fromUnsignedVarInt(groups << 1 | 1),
          BytesInput.from(Arrays.copyOf(bytes, groups * width)));
    }
  }
}
