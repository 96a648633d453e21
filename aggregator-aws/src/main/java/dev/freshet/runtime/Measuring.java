package dev.freshet.runtime;

import dev.freshet.datadog.Datadog;
import dev.freshet.datadog.MeterWindows;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/** Makes the meters that the settings ask for: Datadog's if there is a key, otherwise none. */
final class Measuring {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private Measuring() {}

  /**
   * @param http reaches the secret that holds the key
   */
  static MeterWindows windows(Settings settings, SdkHttpClient http) {
    return windows(datadog(settings, http), WINDOW);
  }

  /** Likewise, but each invocation ends a window, and nothing is sent. */
  static MeterWindows rehearsal(Settings settings, SdkHttpClient http) {
    return windows(datadog(settings, http).map(Datadog::rehearsal), Duration.ZERO);
  }

  private static MeterWindows windows(Optional<Datadog> datadog, Duration shortest) {
    MeterRegistry none = new CompositeMeterRegistry();
    Supplier<MeterRegistry> registries =
        datadog.<Supplier<MeterRegistry>>map(each -> each).orElse(() -> none);
    return new MeterWindows(registries, shortest, System::nanoTime);
  }

  private static Optional<Datadog> datadog(Settings settings, SdkHttpClient http) {
    return settings
        .datadogApiKey()
        .<Supplier<String>>map(value -> () -> value)
        .or(() -> settings.datadogApiKeySecretArn().map(arn -> new Secret(arn, http)))
        .map(key -> new Datadog(settings.datadogUrl(), key, tags(settings), System::nanoTime));
  }

  /**
   * Datadog keeps one of several points of one second whose tags are the same, hence the instance.
   */
  private static Tags tags(Settings settings) {
    Tags tags =
        Tags.of(
            "service", "freshet",
            "function", settings.functionName(),
            "instance", settings.functionInstance().orElseGet(() -> UUID.randomUUID().toString()));
    return settings.stage().map(stage -> tags.and("env", stage)).orElse(tags);
  }
}
