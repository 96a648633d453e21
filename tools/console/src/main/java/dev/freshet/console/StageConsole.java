package dev.freshet.console;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.console.page.AuditPage;
import dev.freshet.console.page.CostPage;
import dev.freshet.console.page.DataPage;
import dev.freshet.console.page.EntityPage;
import dev.freshet.console.page.LedgerPage;
import dev.freshet.console.page.LettersPage;
import dev.freshet.console.page.RecalculationRuns;
import dev.freshet.console.page.TimePage;
import dev.freshet.console.stage.ShownStage;
import dev.freshet.console.stage.StageFlow;
import dev.freshet.definition.Catalogue;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.operations.cost.StageReader;
import dev.freshet.redis.Redis;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The console of a deployed stage. It changes nothing there. */
public final class StageConsole implements AutoCloseable {

  /** How long what AWS answered is shown: it limits how often one account may ask. */
  private static final Duration ASKED = Duration.ofSeconds(10);

  /** How often a sample of the feature store is drawn, which costs it some thousand reads. */
  private static final Duration SAMPLED = Duration.ofMinutes(1);

  /** The option of commands; the address may have a password, which no page shows. */
  private static final String FEATURE_STORE = " --feature-store \"$FEATURE_STORE_URL\"";

  private final Sources sources;
  private final ConsoleServer server;

  /**
   * Where the stage is; closed with the console.
   *
   * @param featureStore empty if it cannot be reached from here
   * @param samples the same for samples of its entities
   * @param stateStore likewise
   */
  public record Sources(
      KinesisClient kinesis,
      CloudWatchClient cloudWatch,
      SfnClient stepFunctions,
      Optional<FeatureStoreReader> featureStore,
      Optional<Redis> samples,
      Optional<Redis> stateStore) {

    void close() {
      featureStore.ifPresent(FeatureStoreReader::close);
      samples.ifPresent(Redis::close);
      stateStore.ifPresent(Redis::close);
      stepFunctions.close();
      cloudWatch.close();
      kinesis.close();
    }
  }

  /**
   * Starts the console.
   *
   * @param port 0 for any that is free
   * @throws IllegalStateException if the port is in use; the sources are closed then
   */
  public StageConsole(
      ProjectFolders folders,
      int port,
      String stage,
      String streamPrefix,
      Sources sources,
      InstantSource time) {
    this.sources = sources;
    try {
      Catalogue catalogue = Catalogue.load();
      ShownStage declared = ShownStage.of(stage, streamPrefix, folders.service(), catalogue);
      server =
          ConsoleServer.start(port, folders.charts(), site(folders, declared, catalogue, time));
    } catch (RuntimeException e) {
      sources.close();
      throw e;
    }
  }

  private Site site(
      ProjectFolders folders, ShownStage stage, Catalogue catalogue, InstantSource time) {
    CatalogueForms forms = new CatalogueForms(catalogue.groups(), catalogue.services());
    StageFlow flow = new StageFlow(stage, sources.kinesis(), sources.cloudWatch(), time);
    String prefix = stage.streamPrefix();
    String options = prefix.isEmpty() ? "" : " --stream-prefix " + prefix;
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("flow", new Cached(flow, ASKED, time));
    pages.put("features", parameters -> forms.trees());
    pages.put("entity", entity(catalogue, time));
    pages.put(
        "events",
        new Cached(new LettersPage(sources.kinesis(), prefix, options, time), ASKED, time));
    pages.put("time", new Cached(time(stage, catalogue, time), ASKED, time));
    pages.put(
        "cost",
        new CostPage(
            new StageReader(folders.root(), folders.service()),
            stage.name(),
            catalogue,
            flow::rate));
    pages.put("ledger", new Cached(ledger(time), ASKED, time));
    pages.put("data", new Cached(data(catalogue, time), SAMPLED, time));
    pages.put(
        "audit",
        AuditPage.ofStage("./freshet audit --feature-store \"$FEATURE_STORE_URL\"" + options));
    return new Site(
        "stage " + stage.name(),
        pages,
        Map.of("explain", StageConsole::explain),
        Map.of(),
        Map.of());
  }

  private Page entity(Catalogue catalogue, InstantSource time) {
    return sources
        .featureStore()
        .<Page>map(store -> new EntityPage(catalogue, store, time))
        .orElse(StageConsole::withoutFeatureStore);
  }

  private Page time(ShownStage stage, Catalogue catalogue, InstantSource time) {
    return new TimePage(
        catalogue,
        sources.stateStore(),
        new RecalculationRuns(sources.stepFunctions(), stage.machine()),
        () -> null,
        time);
  }

  private Page ledger(InstantSource time) {
    if (sources.samples().isEmpty() || sources.stateStore().isEmpty()) {
      return parameters -> {
        throw new NotKnownException(
            "the ledgers are in both stores: name them with --state-store URL and --feature-store"
                + " URL, through a tunnel if they are in a VPC");
      };
    }
    Redis features = sources.samples().get();
    Redis state = sources.stateStore().get();
    return new LedgerPage(
        () -> LedgerReport.of(StoredLedgers.readBoth(features, state), time.millis(), false),
        "./freshet ledger --state-store \"$STATE_STORE_URL\"" + FEATURE_STORE);
  }

  private Page data(Catalogue catalogue, InstantSource time) {
    return sources
        .samples()
        .<Page>map(store -> new DataPage(catalogue, store, FEATURE_STORE, SAMPLED, time))
        .orElse(StageConsole::withoutFeatureStore);
  }

  private static Object withoutFeatureStore(Map<String, String> parameters) {
    throw new NotKnownException(
        "values are in the feature store: name it with --feature-store URL, through a tunnel if it"
            + " is in a VPC");
  }

  private static Object explain(Map<String, String> parameters) {
    throw new NotKnownException(
        "all that the streams of a stage still have would be read: give ./freshet explain --events"
            + " files of them");
  }

  /** Returns the address for a browser. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    sources.close();
  }
}
