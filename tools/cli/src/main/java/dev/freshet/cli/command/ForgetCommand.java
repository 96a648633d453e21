package dev.freshet.cli.command;

import dev.freshet.cli.option.FeatureStoreOption;
import dev.freshet.cli.option.HistoryOptions;
import dev.freshet.cli.option.StateStoreOption;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.forget.Forget;
import dev.freshet.redis.Redis;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.HistoryEraser;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code freshet forget}: removes a feature group, or one entity of it, from all stores. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the features, the state and the history of a feature group, or of one entity of it.",
      "It does not ask for confirmation. The group need not be declared any more. Results that are"
          + " still in the stream bring features back: name the group in FORGOTTEN_GROUPS of the"
          + " subscriber first. The history of a group that is not declared is removed only if its table is"
          + " named."
    })
public final class ForgetCommand implements Callable<Integer> {

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--feature-group",
      paramLabel = "NAME",
      required = true,
      description = "the group, declared or not")
  private String featureGroup;

  @Option(names = "--entity", paramLabel = "ID", description = "this entity only, such as 45")
  private String entity;

  @Option(names = "--dry-run", description = "only say what would be removed")
  private boolean dryRun;

  @Mixin private FeatureStoreOption featureStore = new FeatureStoreOption();

  @Mixin private StateStoreOption stateStore = new StateStoreOption();

  @Mixin private HistoryOptions history = new HistoryOptions();

  public ForgetCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    checkUsage();
    Forget forget = new Forget(featureGroup, Optional.ofNullable(entity), dryRun);
    // The state first, so that no function publishes the features again.
    withStore("state store", "--state-store", stateStore.connect(), store -> state(forget, store));
    withStore("feature store", "--feature-store", featureStore.connect(), forget::features);
    spec.commandLine().getOut().println(forget.report());
    return 0;
  }

  private void state(Forget forget, Redis store) {
    if (!history.isNamed() && !isDeclaredWithHistory()) {
      forget.state(store, Optional.empty(), clock.instant());
      return;
    }
    try (DynamoDbClient client = history.connect()) {
      HistoryEraser eraser = new HistoryEraser(client, history.table());
      forget.state(store, Optional.of(eraser), clock.instant());
    } catch (StateStoreException e) {
      throw history.failure(e);
    }
  }

  private boolean isDeclaredWithHistory() {
    return Catalogue.load().groups().stream()
        .anyMatch(group -> group.name().equals(featureGroup) && group.hasHistory());
  }

  private static void withStore(String name, String option, Redis store, Consumer<Redis> work) {
    try (store) {
      try {
        work.accept(store);
      } catch (RedisException e) {
        throw new IllegalStateException(
            "%s %s: %s; check %s and run it again".formatted(name, store, e.getMessage(), option),
            e);
      }
    }
  }

  private void checkUsage() {
    if (!featureGroup.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
      throw new ParameterException(
          spec.commandLine(),
          "a feature group's name is lower snake case, not '%.40s'".formatted(featureGroup));
    }
    if (entity != null && entity.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--entity needs an id");
    }
  }
}
