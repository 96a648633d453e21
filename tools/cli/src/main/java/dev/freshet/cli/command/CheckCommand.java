package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.check.Check;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet check}: judges events as the functions would. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the catalogue would judge events that arrived now: by type and feature group, how"
          + " many are used, skipped and invalid, and why, with the first of each reason.",
      "Nothing runs, and nothing is kept. Exits 1 if no feature group can use any event."
    })
public final class CheckCommand implements Callable<Integer> {

  private static final int NOTHING_USED = 1;

  private final InstantSource time;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description =
          "JSON objects, one after another or in arrays; gzipped or not, in any order;"
              + " STREAM=FILE if the stream says the type of its events")
  private List<String> events;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  public CheckCommand(InstantSource time) {
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    Check check = new Check(Catalogue.load().groups(), time::millis);
    for (EventSource each : EventSource.all(events, check.types())) {
      check.file(each);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(check.tree()));
    } else {
      check.text().forEach(out::println);
    }
    if (check.hasUsedAny()) {
      return 0;
    }
    spec.commandLine()
        .getErr()
        .println(
            "freshet: no feature group can use any of these events; correct the files, or the"
                + " event formats of the catalogue");
    return NOTHING_USED;
  }
}
