package dev.freshet.aws.emulator.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Checks ports of 127.0.0.1. */
public final class Ports {

  private static final int PROBE_TIMEOUT_MILLIS = 500;

  private Ports() {}

  /**
   * Checks that a server can listen on a port.
   *
   * @param option the command line option that chooses the port, for the message
   * @throws IllegalStateException if the port is taken
   */
  public static void requireFree(int port, String option) {
    if (!canBind(port)) {
      throw new IllegalStateException(
          "port %d is taken: stop what listens there or choose another with %s"
              .formatted(port, option));
    }
  }

  /** Returns whether a server answers a request, and the answer begins as expected. */
  public static boolean answers(int port, String request, String expected) {
    try (Socket socket = new Socket()) {
      socket.connect(address(port), PROBE_TIMEOUT_MILLIS);
      socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(expected.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(expected);
    } catch (IOException notAnswering) {
      return false;
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }
}
