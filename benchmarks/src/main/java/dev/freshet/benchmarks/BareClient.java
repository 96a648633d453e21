package dev.freshet.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends a Redis what another client sent, as fast as it takes it, and drops the answers. */
final class BareClient {

  private static final int CHUNK = 1 << 16;
  private static final byte[] RESP3 = "*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n".getBytes(US_ASCII);
  private static final String MARK = "the-last-answer";
  private static final byte[] ECHO =
      "*2\r\n$4\r\nECHO\r\n$%d\r\n%s\r\n".formatted(MARK.length(), MARK).getBytes(US_ASCII);
  private static final byte[] END = (MARK + "\r\n").getBytes(US_ASCII);

  private BareClient() {}

  /**
   * Sends commands in one long pipeline and returns when all are answered.
   *
   * @param commands in the protocol of Redis
   */
  static void send(int port, byte[] commands) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(RESP3);
      Thread writer = new Thread(() -> write(out, commands), "bare-client");
      writer.start();
      awaitEnd(socket.getInputStream());
      writer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Redis", e);
    }
  }

  private static void write(OutputStream out, byte[] commands) {
    try {
      for (int from = 0; from < commands.length; from += CHUNK) {
        out.write(commands, from, Math.min(CHUNK, commands.length - from));
      }
      out.write(ECHO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    byte[] last = new byte[END.length];
    while (!java.util.Arrays.equals(last, END)) {
      int length = in.read(chunk);
      if (length < 0) {
        throw new IOException("Redis hung up");
      }
      int kept = Math.min(length, last.length);
      System.arraycopy(last, kept, last, 0, last.length - kept);
      System.arraycopy(chunk, length - kept, last, last.length - kept, kept);
    }
  }

  /** How many commands there are in bytes of the protocol of Redis. */
  static int count(byte[] commands) {
    int count = 0;
    for (int at = 0; at < commands.length; count++) {
      int[] next = {at};
      for (long parts = number(commands, next); parts > 0; parts--) {
        int length = (int) number(commands, next);
        next[0] += length + 2;
      }
      at = next[0];
    }
    return count;
  }

  /** Reads the number of a line such as {@code $12}, and moves behind it. */
  private static long number(byte[] commands, int[] at) {
    long number = 0;
    for (at[0]++; commands[at[0]] != '\r'; at[0]++) {
      number = 10 * number + commands[at[0]] - '0';
    }
    at[0] += 2;
    return number;
  }
}
