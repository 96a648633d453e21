package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.option.KinesisOptions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class KinesisOptionsTest {

  @Test
  void aFailureNamesNoClassesOfTheClient() {
    SdkClientException fault =
        SdkClientException.create(
            "Unable to load region from any of the providers in the chain a.b.Chain@1: [a.b.C@2]");
    assertThat(new KinesisOptions().failure(fault))
        .hasMessage(
            "Kinesis: Unable to load region; check --endpoint, --stream-prefix, region and"
                + " credentials")
        .hasCause(fault);
  }
}
