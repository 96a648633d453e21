package dev.freshet.runtime;

import dev.freshet.kinesis.KinesisSink;
import dev.freshet.kinesis.RecordSink;
import dev.freshet.metrics.MeterMetrics;
import dev.freshet.metrics.MeterWindows;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * What the functions of one process share, made from the settings: the wiring class, and the only
 * place that reads the clock. Nothing connects before it is first used, and a function needs the
 * URLs only of the stores that it uses.
 */
public final class Clients {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Settings settings;
  private final KinesisClient kinesis;
  private final MeterWindows meters;
  private final MeterMetrics metrics;
  private Redis stateStore;
  private Redis featureStore;

  private Clients(Settings settings) {
    this.settings = settings;
    this.kinesis = kinesis();
    this.meters = Measuring.windows(settings);
    this.metrics = new MeterMetrics(meters, System::nanoTime);
  }

  /** The clients of this process: what a Lambda container keeps between invocations. */
  public static Clients shared() {
    return Holder.SHARED;
  }

  public Settings settings() {
    return settings;
  }

  public Clock clock() {
    return Clock.systemUTC();
  }

  public synchronized Redis stateStore() {
    if (stateStore == null) {
      stateStore =
          Redis.at(settings.stateStoreUrl(), ANSWER_TIMEOUT)
              .replicatedTo(settings.stateStoreReplicas());
    }
    return stateStore;
  }

  public synchronized Redis featureStore() {
    if (featureStore == null) {
      featureStore =
          Redis.at(settings.featureStoreUrl(), ANSWER_TIMEOUT)
              .replicatedTo(settings.featureStoreReplicas());
    }
    return featureStore;
  }

  public RecordSink results() {
    return new KinesisSink(kinesis, settings.resultsStream(), metrics);
  }

  public RecordSink deadLetters() {
    return new KinesisSink(kinesis, settings.deadLetterStream(), metrics);
  }

  /** The metrics of no feature group. */
  public Metrics metrics() {
    return metrics;
  }

  /** The metrics of a feature group. */
  public Metrics metrics(String featureGroup) {
    return metrics.of(featureGroup);
  }

  /** The meters that are sent as invocations end. */
  MeterWindows meters() {
    return meters;
  }

  /** Retries are the sink's: it repeats failed entries, not whole calls. */
  private static KinesisClient kinesis() {
    return KinesisClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ANSWER_TIMEOUT))
        .overrideConfiguration(
            call ->
                call.apiCallTimeout(ANSWER_TIMEOUT).retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** Made when first asked for. */
  private static final class Holder {
    private static final Clients SHARED = new Clients(Settings.ofEnvironment());
  }
}
