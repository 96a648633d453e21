package dev.freshet.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisUrlTest {

  @Test
  void aMalformedUrlIsRejectedWithoutRepeatingItsPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Redis.at("http://user:secret@host", Duration.ZERO))
        .withMessageContaining("redis://host:port")
        .withMessageNotContaining("secret")
        .withNoCause();
    assertThat(Redis.at("redis://user:secret@host:1", Duration.ZERO)).hasToString("[host:1]");
  }
}
