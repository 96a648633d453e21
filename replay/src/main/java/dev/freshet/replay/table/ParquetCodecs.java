package dev.freshet.replay.table;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses and decompresses with the usual codecs of Parquet. The factory in Parquet's own
 * library needs all of Hadoop.
 */
final class ParquetCodecs implements CompressionCodecFactory {

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return new Codec(known(name));
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Codec(known(name));
  }

  private static CompressionCodecName known(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED, SNAPPY, ZSTD, GZIP, LZ4_RAW -> name;
      default -> throw new UnsupportedOperationException("no codec for " + name);
    };
  }

  /**
   * Checks that a file can be decompressed.
   *
   * @throws IOException if one of its columns has another codec
   */
  static void requireKnown(List<BlockMetaData> rowGroups) throws IOException {
    for (BlockMetaData rowGroup : rowGroups) {
      for (ColumnChunkMetaData column : rowGroup.getColumns()) {
        try {
          known(column.getCodec());
        } catch (UnsupportedOperationException e) {
          throw new IOException(
              "it is compressed with %s: write it with zstd, snappy, gzip or lz4_raw"
                  .formatted(column.getCodec().name().toLowerCase(Locale.ROOT)),
              e);
        }
      }
    }
  }

  @Override
  public void release() {}

  private record Codec(CompressionCodecName name)
      implements BytesInputCompressor, BytesInputDecompressor {

    @Override
    public CompressionCodecName getCodecName() {
      return name;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      byte[] plain = bytes.toInputStream().readAllBytes();
      return switch (name) {
        case SNAPPY -> BytesInput.from(Snappy.compress(plain));
        case ZSTD -> BytesInput.from(Zstd.compress(plain));
        case GZIP -> BytesInput.from(gzip(plain));
        case LZ4_RAW -> BytesInput.from(lz4(plain));
        default -> BytesInput.from(plain);
      };
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int plainSize) throws IOException {
      return BytesInput.from(decompress(bytes.toInputStream().readAllBytes(), plainSize));
    }

    @Override
    public void decompress(ByteBuffer in, int packedSize, ByteBuffer out, int plainSize)
        throws IOException {
      byte[] packed = new byte[packedSize];
      in.get(packed);
      out.put(decompress(packed, plainSize));
    }

    private byte[] decompress(byte[] packed, int plainSize) throws IOException {
      return switch (name) {
        case SNAPPY -> Snappy.uncompress(packed);
        case ZSTD -> Zstd.decompress(packed, plainSize);
        case GZIP -> new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        case LZ4_RAW -> unpackLz4(packed, plainSize);
        default -> packed;
      };
    }

    private static byte[] gzip(byte[] plain) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    }

    private static byte[] lz4(byte[] plain) {
      Lz4Compressor lz4 = new Lz4Compressor();
      byte[] packed = new byte[lz4.maxCompressedLength(plain.length)];
      return Arrays.copyOf(packed, lz4.compress(plain, 0, plain.length, packed, 0, packed.length));
    }

    private static byte[] unpackLz4(byte[] packed, int plainSize) {
      byte[] plain = new byte[plainSize];
      new Lz4Decompressor().decompress(packed, 0, packed.length, plain, 0, plainSize);
      return plain;
    }

    @Override
    public void release() {}
  }
}
