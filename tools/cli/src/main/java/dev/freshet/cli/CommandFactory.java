package dev.freshet.cli;

import dev.freshet.cli.command.ExplainCommand;
import dev.freshet.cli.command.NewAggregatorCommand;
import dev.freshet.cli.command.RebuildCommand;
import dev.freshet.cli.command.RedriveCommand;
import dev.freshet.cli.command.ReplayCommand;
import dev.freshet.cli.local.LocalCommand;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the commands with the clock and the folder that they need. */
final class CommandFactory implements IFactory {

  private final IFactory others = CommandLine.defaultFactory();
  private final Map<Class<?>, Supplier<?>> commands;

  CommandFactory(Path root, Clock clock) {
    commands =
        Map.of(
            LocalCommand.class, () -> new LocalCommand(root, clock),
            RedriveCommand.class, () -> new RedriveCommand(clock),
            ReplayCommand.class, () -> new ReplayCommand(Boolean.getBoolean("freshet.progress")),
            ExplainCommand.class, () -> new ExplainCommand(clock),
            RebuildCommand.class, () -> new RebuildCommand(root, clock),
            NewAggregatorCommand.class, () -> new NewAggregatorCommand(root));
  }

  @Override
  public <K> K create(Class<K> wanted) throws Exception {
    Supplier<?> command = commands.get(wanted);
    return command == null ? others.create(wanted) : wanted.cast(command.get());
  }
}
