package dev.freshet.benchmarks.subject;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.benchmarks.measure.RedisNode;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("verify")
class RecordingTest {

  private static final byte[] SETS =
      "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\n1\r\n23\r\n*2\r\n$4\r\nINCR\r\n$1\r\nb\r\n"
          .getBytes(US_ASCII);

  @TempDir private Path folder;

  @Test
  void allCommandsAreDoneWhenReplayingReturns() throws Exception {
    try (RedisNode store = RedisNode.start("state-store", folder)) {
      Recording.replay(SETS, store.port());
      assertThat(store.commands().get("a")).isEqualTo("1\r\n23");
      assertThat(store.commands().get("b")).isEqualTo("1");
    }
  }

  @Test
  void whatAClientSendsIsRecorded() throws Exception {
    try (RedisNode store = RedisNode.start("state-store", folder);
        Recording recording = new Recording(store.port())) {
      Recording.replay(SETS, URI.create(recording.url()).getPort());
      assertThat(new String(recording.commands(), US_ASCII)).contains(new String(SETS, US_ASCII));
    }
  }

  @Test
  void aCopyHoldsWhatTheOtherHeld() {
    try (RedisNode store = RedisNode.start("state-store", folder);
        RedisNode copy = RedisNode.start("copy", folder)) {
      store.commands().set("key", "value");
      copy.commands().set("old", "value");
      copy.copyOf(store);
      assertThat(copy.commands().get("key")).isEqualTo("value");
      assertThat(copy.commands().get("old")).isNull();
      copy.commands().set("key", "its own");
      assertThat(store.commands().get("key")).isEqualTo("value");
    }
  }
}
