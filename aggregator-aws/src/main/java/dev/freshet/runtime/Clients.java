package dev.freshet.runtime;

import dev.freshet.datadog.MeterMetrics;
import dev.freshet.datadog.MeterWindows;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.kinesis.KinesisSink;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.letters.WaitingLetters;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import dev.freshet.stream.RecordSink;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The clients that the functions of one process share, created from the settings. This is the
 * wiring class, and the only place that reads the clock. Clients connect on first use, so a
 * function needs only the URLs of the stores that it uses.
 */
public final class Clients implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PRIMING_TTL = Duration.ofMinutes(1);

  /** Few, as refused letters can wait in Redis instead of delaying the batch. */
  private static final int LETTER_ATTEMPTS = 2;

  private final Settings settings;
  private final SdkHttpClient http;
  private final KinesisClient kinesis;
  private final MeterWindows meters;
  private final MeterMetrics metrics;
  private final boolean isPriming;
  private final List<Ledger> ledgers = new CopyOnWriteArrayList<>();
  private Redis stateStore;
  private Redis featureStore;
  private DynamoDbClient dynamoDb;

  private Clients(Settings settings, SdkHttpClient http, MeterWindows meters, boolean isPriming) {
    this.settings = settings;
    this.http = http;
    this.kinesis = kinesis(http);
    this.meters = meters;
    this.metrics = new MeterMetrics(meters, System::nanoTime);
    this.isPriming = isPriming;
  }

  /** Returns the clients of this process, which a Lambda container keeps between invocations. */
  public static Clients shared() {
    return Holder.SHARED;
  }

  /** Creates clients that reach Redis, but change nothing in AWS. */
  static Clients forPriming(Settings settings) {
    SdkHttpClient http = new PrimingHttp(network());
    return new Clients(settings, http, Measuring.priming(settings, http), true);
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

  /** Returns the archive of a feature group; {@link Archive#NONE} if it has no history. */
  public Archive archive(FeatureGroup group) {
    return group.hasHistory()
        ? new DynamoDbArchive(dynamoDb(), settings.historyTable(), group, metrics(group.name()))
        : Archive.NONE;
  }

  private synchronized DynamoDbClient dynamoDb() {
    if (dynamoDb == null) {
      dynamoDb = DynamoDbArchive.client(http);
    }
    return dynamoDb;
  }

  /** The client of the streams; it repeats no call. */
  public KinesisClient kinesis() {
    return kinesis;
  }

  /** The HTTP client for other clients of AWS. */
  public SdkHttpClient http() {
    return http;
  }

  /** Returns the sink of computed results: the stream, or before it the feature store. */
  public ResultSink results() {
    ResultSink stream =
        new StreamResults(new KinesisSink(kinesis, settings.resultsStream(), metrics));
    return settings.writesDirectly() ? new DirectResults(storedResults(), stream) : stream;
  }

  /** Returns the sink that writes the feature store; what priming writes expires soon. */
  public ResultSink storedResults() {
    Duration timeToLive = isPriming ? PRIMING_TTL : settings.timeToLive();
    Duration awake = isPriming ? PRIMING_TTL : settings.historyAwake();
    Redis store = featureStore();
    return new StoredResults(
        FeatureStoreWriter.of(store, timeToLive, awake, settings.feastFormat(), metrics),
        settings.forgottenGroups(),
        clock(),
        metrics);
  }

  /**
   * Returns the sink of dead letters; letters that the stream refuses wait in a store. While
   * priming, acknowledgements are not real, so letters that already wait are not touched.
   */
  public RecordSink deadLetters(Redis store) {
    return isPriming ? letterStream() : waitingLetters(store);
  }

  /** Returns the dead letters that wait in a store. */
  public WaitingLetters waitingLetters(Redis store) {
    if (isPriming) {
      throw new IllegalStateException("priming must not deliver dead letters");
    }
    return new WaitingLetters(letterStream(), settings.deadLetterStream(), store, clock(), metrics);
  }

  private RecordSink letterStream() {
    return new KinesisSink(
        kinesis, settings.deadLetterStream(), metrics, KinesisSink.attempts(LETTER_ATTEMPTS));
  }

  /**
   * Returns the ledger of a function; priming leaves no trace in it.
   *
   * @param store the store of it that the function has
   * @param rest see {@link Ledger#Ledger}
   */
  public Ledger ledger(String function, Supplier<Redis> store, Duration rest) {
    if (isPriming) {
      return Ledger.NONE;
    }
    RedisLedger stored = new RedisLedger(store.get());
    Ledger ledger =
        new Ledger(function, stored, line -> metrics.of(line.group(), line.stream()), rest);
    ledgers.add(ledger);
    return ledger;
  }

  /** The metrics that belong to no feature group. */
  public Metrics metrics() {
    return metrics;
  }

  /** Returns the metrics of a feature group. */
  public Metrics metrics(String featureGroup) {
    return metrics.of(featureGroup);
  }

  /** Returns the metrics of the published results of a feature group. */
  public Metrics metricsOfResults(String featureGroup) {
    return metrics.of(featureGroup, LedgerLine.RESULTS);
  }

  /** The meters, whose metrics are sent when invocations end. */
  MeterWindows meters() {
    return meters;
  }

  private void flushLedgers() {
    ledgers.forEach(Ledger::flush);
  }

  /** Closes all connections; the shared clients stay open until their process ends. */
  @Override
  public synchronized void close() {
    kinesis.close();
    if (dynamoDb != null) {
      dynamoDb.close();
    }
    http.close();
    Stream.of(stateStore, featureStore).filter(Objects::nonNull).forEach(Redis::close);
  }

  private static SdkHttpClient network() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(ANSWER_TIMEOUT)
        .build();
  }

  /** Creates a client without retries: the sink repeats failed entries, not whole calls. */
  private static KinesisClient kinesis(SdkHttpClient http) {
    return KinesisClient.builder()
        .httpClient(http)
        .overrideConfiguration(
            call ->
                call.apiCallTimeout(ANSWER_TIMEOUT).retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  /** Creates the shared clients on first use. */
  private static final class Holder {
    private static final Clients SHARED = ofEnvironment();

    private static Clients ofEnvironment() {
      Settings settings = Settings.ofEnvironment();
      SdkHttpClient http = network();
      Clients shared = new Clients(settings, http, Measuring.windows(settings, http), false);
      Runtime.getRuntime().addShutdownHook(new Thread(shared::flushLedgers));
      return shared;
    }
  }
}
