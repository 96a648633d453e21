package dev.freshet.runtime;

import dev.freshet.datadog.MeterMetrics;
import dev.freshet.datadog.MeterWindows;
import dev.freshet.kinesis.KinesisSink;
import dev.freshet.letters.WaitingLetters;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.stream.RecordSink;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * What the functions of one process share, made from the settings: the wiring class, and the only
 * place that reads the clock. Nothing connects before it is first used, and a function needs the
 * URLs only of the stores that it uses.
 */
public final class Clients implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /** Letters that are refused can wait elsewhere; a batch need not wait for them. */
  private static final int LETTER_ATTEMPTS = 2;

  private final Settings settings;
  private final SdkHttpClient http;
  private final KinesisClient kinesis;
  private final MeterWindows meters;
  private final MeterMetrics metrics;
  private final boolean isRehearsal;
  private Redis stateStore;
  private Redis featureStore;

  private Clients(Settings settings, SdkHttpClient http, MeterWindows meters, boolean isRehearsal) {
    this.settings = settings;
    this.http = http;
    this.kinesis = kinesis(http);
    this.meters = meters;
    this.metrics = new MeterMetrics(meters, System::nanoTime);
    this.isRehearsal = isRehearsal;
  }

  /** The clients of this process: what a Lambda container keeps between invocations. */
  public static Clients shared() {
    return Holder.SHARED;
  }

  /** Clients that reach Redis, but change nothing anywhere else. */
  static Clients forRehearsal(Settings settings) {
    SdkHttpClient http = new RehearsalHttp(network());
    return new Clients(settings, http, Measuring.rehearsal(settings, http), true);
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

  /** For other clients of AWS. */
  public SdkHttpClient http() {
    return http;
  }

  public RecordSink results() {
    return new KinesisSink(kinesis, settings.resultsStream(), metrics);
  }

  /**
   * Where dead letters go; those that are refused wait in a store. In a rehearsal, which has every
   * record acknowledged and puts none, those that wait there are left alone.
   */
  public RecordSink deadLetters(Redis store) {
    return isRehearsal ? letterStream() : waitingLetters(store);
  }

  /** The dead letters that wait in a store; not for a rehearsal. */
  public WaitingLetters waitingLetters(Redis store) {
    if (isRehearsal) {
      throw new IllegalStateException("a rehearsal must not deliver dead letters");
    }
    return new WaitingLetters(letterStream(), settings.deadLetterStream(), store, clock(), metrics);
  }

  private RecordSink letterStream() {
    return new KinesisSink(
        kinesis, settings.deadLetterStream(), metrics, KinesisSink.attempts(LETTER_ATTEMPTS));
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

  /** Leaves no connection open; the shared clients are closed by the end of their process. */
  @Override
  public synchronized void close() {
    kinesis.close();
    http.close();
    Stream.of(stateStore, featureStore).filter(Objects::nonNull).forEach(Redis::close);
  }

  private static SdkHttpClient network() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(ANSWER_TIMEOUT)
        .build();
  }

  /** Retries are the sink's: it repeats failed entries, not whole calls. */
  private static KinesisClient kinesis(SdkHttpClient http) {
    return KinesisClient.builder()
        .httpClient(http)
        .overrideConfiguration(
            call ->
                call.apiCallTimeout(ANSWER_TIMEOUT).retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** Made when first asked for. */
  private static final class Holder {
    private static final Clients SHARED = ofEnvironment();

    private static Clients ofEnvironment() {
      Settings settings = Settings.ofEnvironment();
      SdkHttpClient http = network();
      return new Clients(settings, http, Measuring.windows(settings, http), false);
    }
  }
}
