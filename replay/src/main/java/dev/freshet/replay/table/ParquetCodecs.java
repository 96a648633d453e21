package dev.freshet.replay.table;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * The codecs that Parquet files are usually written with. Parquet's own factory of them needs the
 * whole of Hadoop.
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
      case UNCOMPRESSED, SNAPPY, ZSTD, GZIP -> name;
      default ->
          throw new UnsupportedOperationException(
              "Parquet compressed with " + name + " cannot be read: write it with zstd or snappy");
    };
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

    @Override
    public void release() {}
  }
}
