package dev.freshet.runtime;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret of AWS Secrets Manager, read once, on first use. */
final class Secret implements Supplier<String> {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final String arn;
  private final SdkHttpClient http;
  private String value;

  Secret(String arn, SdkHttpClient http) {
    this.arn = arn;
    this.http = http;
  }

  /**
   * Returns the secret's text.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it cannot be read now
   */
  @Override
  public synchronized String get() {
    if (value == null) {
      try (SecretsManagerClient client =
          SecretsManagerClient.builder()
              .httpClient(http)
              .overrideConfiguration(call -> call.apiCallTimeout(TIMEOUT))
              .build()) {
        value = client.getSecretValue(call -> call.secretId(arn)).secretString();
      }
    }
    return value;
  }
}
