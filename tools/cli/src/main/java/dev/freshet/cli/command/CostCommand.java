package dev.freshet.cli.command;

import dev.freshet.city.SimulatedCity;
import dev.freshet.console.ConsoleServer;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.cost.Bill;
import dev.freshet.operations.cost.BillMaker;
import dev.freshet.operations.cost.BillText;
import dev.freshet.operations.cost.DeclaredStage;
import dev.freshet.operations.cost.Load;
import dev.freshet.operations.cost.MeasuredRates;
import dev.freshet.operations.cost.Prices;
import dev.freshet.operations.cost.StageReader;
import dev.freshet.operations.cost.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet cost}: what a stage costs in a month. */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a stage costs in a month at a load, item by item, at list prices.",
      "The stage is read from serverless.yml, with all its parameters and functions."
    })
public final class CostCommand implements Callable<Integer> {

  private static final double EVENTS_PER_SECOND = 100;
  private static final List<Double> COMPARED = List.of(1.0, 100.0, 10_000.0);

  private final Path root;
  private final Path service;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events-per-second",
      paramLabel = "N",
      description = "the events of all streams (default: 100, or as measured)")
  private Optional<Double> eventsPerSecond = Optional.empty();

  @Option(
      names = "--times",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "multiples of that load, such as 1,100,10000 (default: ${DEFAULT-VALUE})")
  private List<Double> times;

  @Option(
      names = "--stage",
      paramLabel = "S",
      defaultValue = "prod",
      description = "a stage of serverless.yml (default: ${DEFAULT-VALUE})")
  private String stage;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      split = ",",
      description =
          "ways to operate the stage: declared, single, single-lean, batched, batched-lean, packed,"
              + " and with --measured also measured (default: declared, or measured, with single"
              + " and batched)")
  private List<String> variants = List.of();

  @Option(
      names = "--compare",
      description = "print only the sums, of all variants at 1, 100 and 10,000 times the load")
  private boolean compare;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "change a setting of all variants; --json prints their names")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--measured",
      paramLabel = "URL",
      arity = "0..1",
      fallbackValue = "http://127.0.0.1:" + ConsoleServer.PORT,
      description =
          "take the rates from a running ./freshet local, at the address of the console that it"
              + " prints (default: ${FALLBACK-VALUE})")
  private Optional<URI> measured = Optional.empty();

  @Option(
      names = "--without",
      paramLabel = "GROUP",
      split = ",",
      description = "feature groups to leave out, with the functions that are named after them")
  private Set<String> without = new LinkedHashSet<>();

  @Option(names = "--json", description = "print JSON, with the settings and what is assumed")
  private boolean json;

  @Option(names = "--markdown", description = "print tables for a page of documentation")
  private boolean markdown;

  /**
   * @param root the project's root
   * @param service the folder of serverless.yml
   */
  public CostCommand(Path root, Path service) {
    this.root = root;
    this.service = service;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkUsage();
    try {
      print(bills());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void checkUsage() {
    List<Double> factors = new ArrayList<>(times);
    eventsPerSecond.ifPresent(factors::add);
    if (!factors.stream().allMatch(each -> each > 0 && Double.isFinite(each))) {
      throw new ParameterException(
          spec.commandLine(), "--events-per-second and --times must be above 0, and finite");
    }
    if (json && markdown) {
      throw new ParameterException(spec.commandLine(), "name --json or --markdown, not both");
    }
  }

  private List<List<Bill>> bills() throws IOException, InterruptedException {
    Optional<MeasuredRates> rates = rates();
    List<Variant> named = variants(rates);
    DeclaredStage declared =
        new StageReader(root, service).read(stage, Catalogue.load().groups(), without);
    Load load = load(declared, rates);
    List<Double> factors = compare ? COMPARED : times;
    BillMaker maker = BillMaker.ofListPrices();
    return named.stream()
        .map(
            variant ->
                factors.stream()
                    .map(each -> maker.bill(declared, variant, load.times(each)))
                    .toList())
        .toList();
  }

  private Optional<MeasuredRates> rates() throws IOException, InterruptedException {
    return measured.isPresent()
        ? Optional.of(MeasuredRates.from(measured.get()))
        : Optional.empty();
  }

  private Load load(DeclaredStage declared, Optional<MeasuredRates> rates) {
    if (rates.isEmpty()) {
      return Load.of(
          eventsPerSecond.orElse(EVENTS_PER_SECOND), declared.streams(), SimulatedCity.shares());
    }
    Load load = rates.get().load();
    return load.times(eventsPerSecond.orElse(load.eventsPerSecond()) / load.eventsPerSecond());
  }

  private List<Variant> variants(Optional<MeasuredRates> rates) {
    List<Variant> known = new ArrayList<>(Variant.ALL);
    rates.ifPresent(each -> known.add(each.variant()));
    List<String> names = variants;
    if (compare) {
      names = known.stream().map(Variant::name).toList();
    } else if (names.isEmpty()) {
      names = List.of(rates.isPresent() ? "measured" : "declared", "single", "batched");
    }
    return names.stream().map(name -> named(name, known).with(settings)).toList();
  }

  private static Variant named(String name, List<Variant> known) {
    return known.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              String names = String.join(", ", known.stream().map(Variant::name).toList());
              return new IllegalArgumentException(
                  "there is no variant %s, only %s".formatted(name, names));
            });
  }

  private void print(List<List<Bill>> bills) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<Bill> all = bills.stream().flatMap(List::stream).toList();
      out.println(BillText.json(stage, all, Prices.load()));
    } else if (compare) {
      out.print(BillText.sums(bills, markdown));
    } else {
      bills.forEach(ofVariant -> print(ofVariant, out));
    }
    out.flush();
  }

  private void print(List<Bill> ofVariant, PrintWriter out) {
    for (Bill bill : ofVariant) {
      if (!markdown) {
        out.printf("%s: %s%n", bill.variant().name(), bill.variant().description());
        out.printf("%,.0f events a second%n%n", bill.eventsPerSecond());
      }
      out.println(BillText.items(bill, markdown));
    }
    out.println(BillText.assumptions(ofVariant, markdown));
  }
}
