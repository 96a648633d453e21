package dev.freshet.datadog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.ipc.http.HttpSender;
import io.micrometer.datadog.DatadogConfig;
import io.micrometer.datadog.DatadogMeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates registries that send their metrics to Datadog when they are closed. */
public final class Datadog implements Supplier<MeterRegistry> {

  private static final Logger LOG = LoggerFactory.getLogger(Datadog.class);

  private static final int ACCEPTED = 202;

  /**
   * So long that it never ends: the registry is closed long before, and sends its metrics as one
   * step.
   */
  private static final Duration STEP = Duration.ofDays(365_000);

  private final String url;
  private final Supplier<String> apiKey;
  private final Tags tags;
  private final HttpSender sender;

  /**
   * Creates registries that send over the network, with short timeouts.
   *
   * @param url the API of Datadog, such as {@code https://api.datadoghq.com}
   * @param apiKey supplies the key for each new registry; while it throws, nothing is measured
   * @param tags the tags of every series
   */
  public Datadog(String url, Supplier<String> apiKey, Tags tags, LongSupplier nanoTime) {
    this(url, apiKey, tags, new BestEffortSender(nanoTime));
  }

  private Datadog(String url, Supplier<String> apiKey, Tags tags, HttpSender sender) {
    this.url = url;
    this.apiKey = apiKey;
    this.tags = tags;
    this.sender = sender;
  }

  /** Returns the same registries, except that they send nothing when closed. */
  public Datadog priming() {
    return new Datadog(url, apiKey, tags, request -> new HttpSender.Response(ACCEPTED, ""));
  }

  @Override
  public MeterRegistry get() {
    try {
      MeterRegistry registry =
          DatadogMeterRegistry.builder(config(apiKey.get())).httpClient(sender).build();
      registry.config().commonTags(tags);
      return registry;
    } catch (RuntimeException e) {
      LOG.warn("nothing is measured: {}", e.getMessage());
      return new CompositeMeterRegistry(); // empty: measures nothing
    }
  }

  private DatadogConfig config(String key) {
    return new DatadogConfig() {
      @Override
      public String get(String property) {
        return null; // the defaults
      }

      @Override
      public String uri() {
        return url;
      }

      @Override
      public String apiKey() {
        return key;
      }

      @Override
      public String hostTag() {
        return null; // an instance of a function is not a host
      }

      @Override
      public Duration step() {
        return STEP;
      }
    };
  }
}
