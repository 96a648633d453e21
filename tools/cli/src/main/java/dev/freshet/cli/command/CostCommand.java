package dev.freshet.cli.command;

import dev.freshet.definition.Catalogue;
import dev.freshet.operations.cost.Bill;
import dev.freshet.operations.cost.BillMaker;
import dev.freshet.operations.cost.BillText;
import dev.freshet.operations.cost.DeclaredStage;
import dev.freshet.operations.cost.Load;
import dev.freshet.operations.cost.Prices;
import dev.freshet.operations.cost.StageReader;
import dev.freshet.operations.cost.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  private final Path root;
  private final Path service;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events-per-second",
      paramLabel = "N",
      defaultValue = "100",
      description = "the events of all streams (default: ${DEFAULT-VALUE})")
  private double eventsPerSecond;

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
      defaultValue = "declared,single,batched",
      description =
          "ways to operate the stage: declared, single, single-lean, batched, batched-lean, packed"
              + " (default: ${DEFAULT-VALUE})")
  private List<String> variants;

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
    if (eventsPerSecond <= 0 || times.stream().anyMatch(each -> each <= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--events-per-second and --times must be above 0");
    }
    DeclaredStage declared = declared();
    Load load = Load.reference(eventsPerSecond, declared.streams());
    BillMaker maker = BillMaker.ofListPrices();
    List<Double> factors = compare ? List.of(1.0, 100.0, 10_000.0) : times;
    List<List<Bill>> bills =
        variants().stream()
            .map(
                variant ->
                    factors.stream()
                        .map(factor -> maker.bill(declared, variant, load.times(factor)))
                        .toList())
            .toList();
    print(bills);
    return 0;
  }

  private DeclaredStage declared() throws IOException, InterruptedException {
    try {
      return new StageReader(root, service).read(stage, Catalogue.load().groups(), without);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Variant> variants() {
    try {
      return compare
          ? Variant.ALL.stream().map(each -> each.with(settings)).toList()
          : variants.stream().map(name -> Variant.named(name).with(settings)).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
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
        String description = Variant.named(bill.variant()).description();
        out.printf("%s: %s%n", bill.variant(), description);
        out.printf("%,.0f events a second%n%n", bill.eventsPerSecond());
      }
      out.println(BillText.items(bill, markdown));
    }
    if (!markdown) {
      out.println(BillText.assumptions(ofVariant, false));
    }
  }
}
