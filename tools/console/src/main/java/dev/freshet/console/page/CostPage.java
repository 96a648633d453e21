package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.cost.Bill;
import dev.freshet.operations.cost.BillMaker;
import dev.freshet.operations.cost.DeclaredStage;
import dev.freshet.operations.cost.Item;
import dev.freshet.operations.cost.Load;
import dev.freshet.operations.cost.Prices;
import dev.freshet.operations.cost.StageReader;
import dev.freshet.operations.cost.Variant;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The cost of a stage at the present rate, as {@code freshet cost} computes it. */
public final class CostPage implements Page {

  private final StageReader reader;
  private final String stage;
  private final Catalogue catalogue;
  private final Function<DeclaredStage, Optional<Rate>> present;
  private final BillMaker maker = BillMaker.ofListPrices();
  private DeclaredStage declared;

  /**
   * @param stage of {@code serverless.yml}
   * @param present the present rate; empty if there are no events
   */
  public CostPage(
      StageReader reader,
      String stage,
      Catalogue catalogue,
      Function<DeclaredStage, Optional<Rate>> present) {
    this.reader = reader;
    this.stage = stage;
    this.catalogue = catalogue;
    this.present = present;
  }

  /**
   * A rate of events.
   *
   * @param variant the stage as it is operated at this rate
   * @param note how the rate was measured
   */
  public record Rate(Load load, Variant variant, String note) {}

  /**
   * The cost in a month.
   *
   * @param bill null if there are no events
   * @param others sums of other ways to operate the stage
   */
  record Cost(
      String stage,
      String pricesOf,
      String region,
      List<String> notLookedUp,
      BillAtRate bill,
      List<Way> others) {}

  /**
   * A bill at the present rate.
   *
   * @param assumed the sizes that the items are for
   */
  record BillAtRate(
      double eventsPerSecond,
      String note,
      Way way,
      List<Line> items,
      List<Line> apart,
      Map<String, String> assumed) {}

  /** A way to operate the stage. */
  record Way(String name, String description, double dollars) {}

  /** An item of the bill. */
  record Line(String name, String arithmetic, double dollars) {}

  @Override
  public synchronized Cost read(Map<String, String> parameters) {
    if (declared == null) {
      declared = declared();
    }
    Optional<Rate> rate = present.apply(declared);
    Prices prices = Prices.load();
    return new Cost(
        stage,
        prices.date(),
        prices.region(),
        List.copyOf(prices.notLookedUp()),
        rate.map(this::bill).orElse(null),
        rate.map(this::others).orElse(List.of()));
  }

  private DeclaredStage declared() {
    try {
      return reader.read(stage, catalogue.groups(), Set.of());
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while serverless.yml was read", e);
    }
  }

  private BillAtRate bill(Rate rate) {
    Bill bill = maker.bill(declared, rate.variant(), rate.load());
    return new BillAtRate(
        bill.eventsPerSecond(),
        rate.note(),
        way(bill),
        lines(bill.items()),
        lines(bill.apart()),
        bill.assumed());
  }

  private List<Way> others(Rate rate) {
    return Variant.ALL.stream()
        .filter(each -> !each.name().equals(rate.variant().name()))
        .map(each -> way(maker.bill(declared, each, rate.load())))
        .toList();
  }

  private static Way way(Bill bill) {
    return new Way(bill.variant().name(), bill.variant().description(), bill.dollars());
  }

  private static List<Line> lines(List<Item> items) {
    return items.stream()
        .filter(each -> !each.terms().isEmpty())
        .map(each -> new Line(each.name(), each.arithmetic(), each.dollars()))
        .toList();
  }
}
