package dev.freshet.replay.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files that are packed, and files that hold something else than events. */
class PackedAndOtherFilesTest {

  private static final String A = "{\"id\":\"a\"}";
  private static final String B = "{\"id\":\"b\"}";
  private static final String C = "{\"id\":\"c\"}";
  private static final String MARK = "\uFEFF";

  @Test
  void gzipIsToldByContentAndMayBeConcatenated() throws IOException {
    byte[] one = gzipped((A + "\n").getBytes(UTF_8));
    byte[] two = gzipped((MARK + B + "\n").getBytes(UTF_8));
    assertThat(texts(new ByteArrayInputStream(joined(one, two)))).containsExactly(A, B);
    InputStream slow =
        new ByteArrayInputStream(joined(one, two)) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, one.length));
          }
        };
    assertThat(texts(slow)).as("available() tells nothing").containsExactly(A, B);
  }

  @Test
  void whatFollowsGzipAndIsNoneIsNotLeftOutInSilence() throws IOException {
    byte[] mixed = joined(gzipped((A + "\n").getBytes(UTF_8)), (B + "\n" + C).getBytes(UTF_8));
    assertThatThrownBy(() -> texts(new ByteArrayInputStream(mixed)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes that are not gzipped follow");
  }

  @Test
  void whatIsNoEventsFileIsNamed() throws IOException {
    refused((A + "\n" + B).getBytes(UTF_16LE), "it is UTF-16; write it in UTF-8");
    refused(("\uFEFF" + A).getBytes(UTF_16LE), "it is UTF-16");
    refused(gzipped(gzipped(A.getBytes(UTF_8))), "it is gzip inside gzip; gunzip it once");
    refused(
        "order,store,at\n1,2,3\n".getBytes(UTF_8), "it looks like CSV, beginning 'order,store,at'");
    refused("PAR1\u0015".getBytes(ISO_8859_1), "it is Parquet");
    refused("PK\u0003\u0004{".getBytes(ISO_8859_1), "it is a ZIP archive");
    refused("no events\nat all".getBytes(UTF_8), "it holds no JSON object, beginning 'no events'");
    refused("x".repeat(50).getBytes(UTF_8), "beginning '" + "x".repeat(40) + "…'");
    refused(new byte[] {(byte) 0xC3, 0x28, 7, 0}, "it is binary");
    refused("é".repeat(40_000).getBytes(UTF_8), "it holds no JSON object");
  }

  private static void refused(byte[] bytes, String complaint) {
    assertThatThrownBy(() -> texts(new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read f: not an events file: ")
        .hasMessageContaining(complaint);
  }

  private static List<String> texts(InputStream bytes) throws IOException {
    List<String> texts = new ArrayList<>();
    try (EventFileReader reader = new EventFileReader("f", bytes)) {
      for (RawEvent event = reader.next(); event != null; event = reader.next()) {
        texts.add(new String(event.bytes(), UTF_8));
      }
    }
    return texts;
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
