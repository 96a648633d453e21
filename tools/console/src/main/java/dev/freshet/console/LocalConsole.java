package dev.freshet.console;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.console.flow.LocalFlow;
import dev.freshet.console.page.AuditPage;
import dev.freshet.console.page.CostPage;
import dev.freshet.console.page.DataPage;
import dev.freshet.console.page.EntityPage;
import dev.freshet.console.page.ExplainPage;
import dev.freshet.console.page.LedgerPage;
import dev.freshet.console.page.LettersPage;
import dev.freshet.console.page.PresentRate;
import dev.freshet.console.page.RecalculationRuns;
import dev.freshet.console.page.TimePage;
import dev.freshet.definition.Catalogue;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.local.platform.LocalAws;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.local.platform.Platform;
import dev.freshet.operations.cost.StageReader;
import dev.freshet.operations.explain.StreamExplanation;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The console of a platform that runs in this process. */
public final class LocalConsole implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** For whole samples of the feature store. */
  private static final Duration SAMPLE_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration SAMPLED = Duration.ofSeconds(15);

  /** The stage whose cost is shown. */
  private static final String BILLED = "prod";

  /** The end of the name of the state machine. */
  private static final String RECALCULATION = "-recalculation";

  private final KinesisClient kinesis;
  private final SfnClient executions;
  private final Redis state;
  private final FeatureStoreReader store;
  private final Redis samples;
  private final AuditPage audit;
  private final ConsoleServer server;

  /**
   * Starts the console.
   *
   * @param port 0 for any that is free
   * @throws IllegalStateException if the port is in use
   */
  public LocalConsole(ProjectFolders folders, int port, Platform platform, InstantSource time) {
    kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
    executions = LocalAws.client(SfnClient.builder(), platform.stateMachineEndpoint());
    state = Redis.at(platform.stateStoreUrl(), TIMEOUT);
    store = FeatureStoreReader.connect(platform.featureStoreUrl());
    samples = Redis.at(platform.featureStoreUrl(), SAMPLE_TIMEOUT);
    audit = audit(platform, time);
    try {
      server = ConsoleServer.start(port, folders.charts(), site(folders, platform, time));
    } catch (RuntimeException e) {
      closeClients();
      throw e;
    }
  }

  private AuditPage audit(Platform platform, InstantSource time) {
    return new AuditPage(
        new LocalAudit(Catalogue.load(), samples, kinesis, time.withZone(ZoneOffset.UTC)),
        "./freshet audit --endpoint %s --feature-store %s"
            .formatted(platform.kinesisEndpoint(), platform.featureStoreUrl()),
        time);
  }

  private Site site(ProjectFolders folders, Platform platform, InstantSource time) {
    Catalogue catalogue = Catalogue.load();
    CatalogueForms forms = new CatalogueForms(catalogue.groups(), catalogue.services());
    LocalCounters counters = new LocalCounters(platform, time.instant(), time);
    PresentRate rate = new PresentRate(counters::counters);
    LettersPage letters =
        new LettersPage(kinesis, "", " --endpoint " + platform.kinesisEndpoint(), time);
    StreamExplanation streams =
        new StreamExplanation(catalogue, kinesis, "", Settings.ofEnvironment().timeToLive());
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("flow", new LocalFlow(platform, time));
    pages.put("features", parameters -> forms.trees());
    pages.put("entity", new EntityPage(catalogue, store, time));
    pages.put("events", letters);
    pages.put(
        "time",
        new TimePage(
            catalogue,
            Optional.of(state),
            new RecalculationRuns(executions, RECALCULATION),
            platform::stateMachineCounters,
            time));
    pages.put(
        "cost",
        new CostPage(
            new StageReader(folders.root(), folders.service()),
            BILLED,
            catalogue,
            declared -> rate.read()));
    pages.put("ledger", new LedgerPage(platform::ledger, ledger(platform)));
    String options = " --feature-store " + platform.featureStoreUrl();
    DataPage data = new DataPage(catalogue, samples, options, SAMPLED, time);
    pages.put("data", new Cached(data, SAMPLED, time));
    pages.put("audit", audit);
    return new Site(
        "this machine",
        pages,
        Map.of("explain", new ExplainPage(catalogue, streams, time)),
        Map.of("redrive", letters::redrive, "audit", audit::start),
        Map.of("counters", counters::counters, "endpoints", counters::endpoints));
  }

  private static String ledger(Platform platform) {
    return "./freshet ledger --state-store %s --feature-store %s"
        .formatted(platform.stateStoreUrl(), platform.featureStoreUrl());
  }

  /** Returns the address for a browser. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    closeClients();
  }

  private void closeClients() {
    audit.close();
    samples.close();
    store.close();
    state.close();
    executions.close();
    kinesis.close();
  }
}
