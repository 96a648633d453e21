package dev.freshet.console;

import dev.freshet.authoring.catalog.CatalogueForms;
import dev.freshet.console.flow.LocalFlow;
import dev.freshet.console.page.EntityPage;
import dev.freshet.console.page.ExplainPage;
import dev.freshet.console.page.LettersPage;
import dev.freshet.console.page.TimePage;
import dev.freshet.definition.Catalogue;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.local.platform.Platform;
import dev.freshet.operations.explain.StreamExplanation;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The console of a platform that runs in this process. */
public final class LocalConsole implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Path CHARTS = Path.of("node_modules", "uplot", "dist");

  private final KinesisClient kinesis;
  private final Redis state;
  private final FeatureStoreReader store;
  private final ConsoleServer server;

  /**
   * Starts the console.
   *
   * @param root the project's root
   * @param port 0 for any that is free
   * @throws IllegalStateException if the port is in use
   */
  public LocalConsole(Path root, int port, Platform platform, InstantSource time) {
    Catalogue catalogue = Catalogue.load();
    kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
    state = Redis.at(platform.stateStoreUrl(), TIMEOUT);
    store = FeatureStoreReader.connect(platform.featureStoreUrl());
    CatalogueForms forms = new CatalogueForms(catalogue.groups(), catalogue.services());
    String endpoint = " --endpoint " + platform.kinesisEndpoint();
    LettersPage letters = new LettersPage(kinesis, "", endpoint, time);
    StreamExplanation streams =
        new StreamExplanation(catalogue, kinesis, "", Settings.ofEnvironment().timeToLive());
    try {
      server =
          ConsoleServer.start(
              port,
              root.resolve(CHARTS),
              Map.of(
                  "flow", new LocalFlow(platform, time),
                  "features", parameters -> forms.trees(),
                  "entity", new EntityPage(catalogue, store, time),
                  "explain", new ExplainPage(catalogue, streams, time),
                  "letters", letters,
                  "time",
                      new TimePage(
                          catalogue,
                          state,
                          () -> Optional.of(platform.stateMachineCounters()),
                          time)),
              Map.of("redrive", letters::redrive));
    } catch (RuntimeException e) {
      closeClients();
      throw e;
    }
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
    store.close();
    state.close();
    kinesis.close();
  }
}
