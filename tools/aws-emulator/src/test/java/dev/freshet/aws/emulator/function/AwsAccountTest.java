package dev.freshet.aws.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class AwsAccountTest {

  @Test
  void namesWhatItHolds() {
    AwsAccount account = new AwsAccount("eu-west-1", "123456789012");

    assertThat(account.streamArn("s")).isEqualTo("arn:aws:kinesis:eu-west-1:123456789012:stream/s");
    assertThat(account.functionArn("f"))
        .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:f");
    assertThat(account.roleArn("f")).isEqualTo("arn:aws:iam::123456789012:role/f");
  }

  @Test
  void rejectsAnIdThatIsNoneOfAnAccount() {
    assertThatThrownBy(() -> new AwsAccount("eu-west-1", "12"))
        .hasMessageContaining("12 digits: 12");
  }
}
