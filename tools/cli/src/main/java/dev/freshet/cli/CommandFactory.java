package dev.freshet.cli;

import dev.freshet.cli.command.ExplainCommand;
import dev.freshet.cli.command.LocalCommand;
import dev.freshet.cli.command.NewAggregatorCommand;
import dev.freshet.cli.command.RebuildCommand;
import dev.freshet.cli.command.RedriveCommand;
import dev.freshet.cli.command.ReplayCommand;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands with what they need: the wiring of the program. */
final class CommandFactory implements IFactory {

  private final Path root;
  private final IFactory others = CommandLine.defaultFactory();

  CommandFactory(Path root) {
    this.root = root;
  }

  @Override
  public <K> K create(Class<K> wanted) throws Exception {
    if (wanted == LocalCommand.class) {
      return wanted.cast(new LocalCommand(root, Clock.systemUTC()));
    }
    if (wanted == RedriveCommand.class) {
      return wanted.cast(new RedriveCommand(Clock.systemUTC()));
    }
    if (wanted == ReplayCommand.class) {
      return wanted.cast(new ReplayCommand(Boolean.getBoolean("freshet.progress")));
    }
    if (wanted == ExplainCommand.class) {
      return wanted.cast(new ExplainCommand(Clock.systemUTC()));
    }
    if (wanted == RebuildCommand.class) {
      return wanted.cast(new RebuildCommand(root, Clock.systemUTC()));
    }
    if (wanted == NewAggregatorCommand.class) {
      return wanted.cast(new NewAggregatorCommand(root));
    }
    return others.create(wanted);
  }
}
