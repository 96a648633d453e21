package dev.freshet.cli.command;

import dev.freshet.authoring.scaffold.NewAggregator;
import dev.freshet.authoring.scaffold.Questions;
import dev.freshet.authoring.scaffold.Request;
import dev.freshet.definition.Feature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet new-aggregator}: writes a new feature group. */
@Command(
    name = "new-aggregator",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the class of a new feature group, its test and its entry in serverless.yml.",
      "Without options, on a terminal, it asks for each. After an error, no file has changed."
    },
    footer = {
      "",
      "For example:",
      "  freshet new-aggregator --name store_acceptance_time --dimension store \\",
      "    --reads ORDER_PICKED --value createdAt:acceptedAt --last 30 --features count,mean,p90",
      "  freshet new-aggregator --name courier_ratings --dimension courier \\",
      "    --new-type COURIER_RATED=courierId,stars --value stars --windows 1h,24h \\",
      "    --features ratings,stars_mean"
    })
public final class NewAggregatorCommand implements Callable<Integer> {

  private final Path root;

  @Spec private CommandSpec spec;

  @Option(names = "--name", paramLabel = "NAME", description = "of the group, lower snake case")
  private String name;

  @Option(names = "--description", paramLabel = "TEXT", description = "what the features mean")
  private String description = "";

  @Option(
      names = "--dimension",
      paramLabel = "NAME[:MEMBER]",
      description = {
        "what they are of, such as store; with the member of its id if it is new,",
        "NAME:MEMBER,MEMBER for an id of several, NAME:* for one that all events belong to"
      })
  private String dimension;

  @Option(
      names = "--reads",
      paramLabel = "TYPE",
      split = ",",
      description = "types of event, such as ORDER_CREATED")
  private List<String> reads = new ArrayList<>();

  @Option(
      names = "--new-type",
      paramLabel = "NAME=MEMBER,…",
      description = "declares a type of event with its stream, and reads it")
  private List<String> newTypes = new ArrayList<>();

  @Option(names = "--last", paramLabel = "N", description = "over the last N events")
  private int last;

  @Option(
      names = "--windows",
      paramLabel = "LENGTH",
      split = ",",
      description = "over time windows, such as 5m,24h,7d")
  private List<String> windows = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "FROM:TO|MEMBER|INPUT",
      description = {
        "the seconds between two times of an event, its amount, or one of decimal(MEMBER),",
        "text(MEMBER), flag(MEMBER), instant(MEMBER), signedSeconds(FROM,TO), hourOfDay(ZONE),",
        "dayOfWeek(ZONE)"
      })
  private String value = "";

  @Option(
      names = "--where",
      paramLabel = "FILTER",
      description = {
        "only events that pass: MEMBER=TEXT, MEMBER!=TEXT, MEMBER>NUMBER (>=, <, <=),",
        "MEMBER=true, absent(MEMBER) or present(MEMBER)"
      })
  private String filter = "";

  @Option(
      names = "--features",
      paramLabel = "FEATURE",
      split = ",",
      description = {
        "count, sum, mean, p90, max, distinct, latest, …, also with a NAME_ in front;",
        "with --last also ewma, slope, rolling_mean_5, …;",
        "NAME for the count of the events, such as orders; NAME_at for the time of the latest"
      })
  private List<String> features = new ArrayList<>();

  public NewAggregatorCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    try {
      report(new NewAggregator(root).create(request()), spec.commandLine().getOut());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), Objects.toString(e.getMessage()), e);
    }
  }

  private Request request() throws IOException {
    if (spec.commandLine().getParseResult().matchedOptions().isEmpty()
        && Boolean.getBoolean("freshet.interactive")) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      return new Questions(in, spec.commandLine().getOut()).ask();
    }
    return new Request(
        given("--name", name),
        given("--dimension", dimension),
        reads,
        newTypes,
        last,
        windows,
        value,
        filter,
        features,
        description);
  }

  private static String given(String option, String text) {
    if (text == null) {
      throw new IllegalArgumentException(option + " is missing");
    }
    return text;
  }

  private static void report(NewAggregator.Written written, PrintWriter out) {
    written.files().forEach(file -> out.println("wrote " + file));
    for (Feature each : written.group().features()) {
      out.println("feature %s: %s, %s".formatted(each.name(), each.formula(), each.window()));
    }
    out.println("next: ./freshet catalog shows it, ./freshet local runs it, mvn verify tests it");
  }
}
