package dev.freshet.runtime;

import dev.freshet.metrics.Datadog;
import dev.freshet.metrics.MeterWindows;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes the meters that the settings ask for: Datadog's if there is a key, otherwise none. */
final class Measuring {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private Measuring() {}

  static MeterWindows windows(Settings settings) {
    return new MeterWindows(registries(settings), WINDOW, System::nanoTime);
  }

  private static Supplier<MeterRegistry> registries(Settings settings) {
    Supplier<String> key =
        settings
            .datadogApiKey()
            .<Supplier<String>>map(value -> () -> value)
            .or(() -> settings.datadogApiKeySecretArn().map(Secret::new))
            .orElse(null);
    if (key == null) {
      MeterRegistry none = new CompositeMeterRegistry();
      return () -> none;
    }
    return new Datadog(settings.datadogUrl(), key, tags(settings), System::nanoTime);
  }

  /**
   * Datadog keeps one of several points of one second whose tags are the same, hence the instance.
   */
  private static Tags tags(Settings settings) {
    Tags tags =
        Tags.of(
            "service", "freshet",
            "function", settings.functionName(),
            "instance", settings.functionInstance());
    return settings.stage().map(stage -> tags.and("env", stage)).orElse(tags);
  }
}
