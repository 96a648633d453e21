package dev.freshet.aws.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  private static final String OPTION = "--feature-store-port";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void saysInOneLineThatAPortIsTaken(String address) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), OPTION))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "port %d is taken: stop what listens there or choose another with"
                  + " --feature-store-port",
              taken.getLocalPort());
    }
  }

  @Test
  void takesAFreePort() throws IOException {
    int port = Await.freePort();
    assertThatCode(() -> Ports.requireFree(port, OPTION)).doesNotThrowAnyException();
  }

  @Test
  void nothingAnswersOnAFreePort() throws IOException {
    assertThat(Ports.answers(Await.freePort(), "PING\r\n", "+PONG")).isFalse();
  }
}
