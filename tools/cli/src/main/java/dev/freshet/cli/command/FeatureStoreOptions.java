package dev.freshet.cli.command;

import dev.freshet.cli.option.HistoryOptions;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.History;
import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.result.ArchivedResults;
import dev.freshet.runtime.Settings;
import dev.freshet.state.dynamodb.DynamoDbResults;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The feature store that a command reads, with the history of what it has forgotten. */
final class FeatureStoreOptions {

  private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(2);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue =
          "${env:FEATURE_STORE_URL:-redis://127.0.0.1:" + PlatformOptions.FEATURE_STORE_PORT + "}",
      description = "the feature store (default: FEATURE_STORE_URL or the local one)")
  private String url;

  @Mixin private HistoryOptions history = new HistoryOptions();

  /** Reads entities of some dimensions, and asks for their history if the catalogue has any. */
  <T> T read(Collection<String> dimensions, Function<FeatureStoreReader, T> reading) {
    Map<String, String> withHistory =
        Catalogue.load().groups().stream()
            .filter(FeatureGroup::hasHistory)
            .collect(Collectors.toMap(FeatureGroup::name, group -> group.dimension().name()));
    if (Collections.disjoint(withHistory.values(), dimensions)) {
      return read(FeatureStoreReader.connect(url), reading);
    }
    try (DynamoDbClient client = history.connect()) {
      ArchivedResults results = new DynamoDbResults(client, history.table(), HISTORY_TIMEOUT);
      History source = new History(results, withHistory, Settings.ofEnvironment().historyAwake());
      return read(FeatureStoreReader.connect(url, source), reading);
    }
  }

  private static <T> T read(FeatureStoreReader reader, Function<FeatureStoreReader, T> reading) {
    try (reader) {
      return reading.apply(reader);
    } catch (FeatureStoreException e) {
      throw new IllegalStateException(
          e.getMessage() + "; check --url, or start './freshet local'", e);
    }
  }

  /** Returns an exception for groups whose history could not be asked, and why. */
  IllegalStateException unknown(String groups, String why) {
    return new IllegalStateException(
        "the features of %s are unknown: %s".formatted(groups, history.advise(why)));
  }
}
