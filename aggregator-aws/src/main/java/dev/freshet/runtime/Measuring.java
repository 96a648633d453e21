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

/** Creates the meters for the settings: Datadog's if there is a key, otherwise none. */
final class Measuring {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private Measuring() {}

  /**
   * @param http the client that reads the secret with the key
   */
  static MeterWindows windows(Settings settings, SdkHttpClient http) {
    return windows(datadog(settings, http), WINDOW);
  }

  /** Creates the same meters, except that each invocation ends a window, and nothing is sent. */
  static MeterWindows priming(Settings settings, SdkHttpClient http) {
    return windows(datadog(settings, http).map(Datadog::priming), Duration.ZERO);
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
   * Returns the tags of every metric. They name the instance, as Datadog keeps only one of several
   * points with equal tags in a second.
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
