package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bills as tables of text or Markdown, and as JSON. */
public final class BillText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BillText() {}

  /** Returns a bill item by item. */
  public static String items(Bill bill, boolean markdown) {
    List<List<String>> rows = new ArrayList<>();
    String load = Item.number(bill.eventsPerSecond());
    rows.add(List.of("item", "arithmetic at %s events/s".formatted(load), "$ a month"));
    bill.items().stream()
        .filter(item -> !item.terms().isEmpty())
        .forEach(item -> rows.add(row(item)));
    String sum = dollars(bill.dollars());
    rows.add(markdown ? List.of("**sum**", "", "**%s**".formatted(sum)) : List.of("sum", "", sum));
    return table(rows, markdown);
  }

  private static List<String> row(Item item) {
    return List.of(item.name(), item.arithmetic(), dollars(item.dollars()));
  }

  /**
   * Returns the sums of several bills: a row for each variant, a column for each load.
   *
   * @param bills those of one variant after another, with the same loads
   */
  public static String sums(List<List<Bill>> bills, boolean markdown) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("variant"));
    bills.get(0).forEach(bill -> header.add(Item.number(bill.eventsPerSecond()) + " events/s"));
    rows.add(header);
    for (List<Bill> ofVariant : bills) {
      List<String> row = new ArrayList<>(List.of(ofVariant.get(0).variant().name()));
      ofVariant.forEach(bill -> row.add(dollars(bill.dollars())));
      rows.add(row);
    }
    return table(rows, markdown);
  }

  /**
   * Returns what bills assume: a row for each assumption, a column for each bill.
   *
   * @param bills of one variant
   */
  public static String assumptions(List<Bill> bills, boolean markdown) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("assumed"));
    bills.forEach(bill -> header.add(Item.number(bill.eventsPerSecond()) + " events/s"));
    rows.add(header);
    for (String name : bills.get(0).assumed().keySet()) {
      List<String> row = new ArrayList<>(List.of(name));
      bills.forEach(bill -> row.add(bill.assumed().get(name)));
      rows.add(row);
    }
    return table(rows, markdown);
  }

  private static String table(List<List<String>> rows, boolean markdown) {
    return markdown ? markdown(rows) : aligned(rows);
  }

  private static String markdown(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("| --- ".repeat(rows.get(0).size())).append("|\n");
      }
    }
    return text.toString();
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        boolean last = i == row.size() - 1;
        line.append(("%" + (last ? "" : "-") + width + "s  ").formatted(row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String dollars(double amount) {
    return String.format(Locale.ROOT, amount < 10 ? "$%,.2f" : "$%,.0f", amount);
  }

  /** Returns bills as one JSON object, with the date of the prices. */
  public static String json(String stage, List<Bill> bills, Prices prices) {
    ObjectNode root = JSON.createObjectNode();
    root.put("stage", stage).put("pricesOf", prices.date()).put("region", prices.region());
    ArrayNode unconfirmed = root.putArray("pricesNotLookedUp");
    prices.notLookedUp().forEach(unconfirmed::add);
    ArrayNode array = root.putArray("bills");
    bills.forEach(bill -> write(bill, array.addObject()));
    return root.toPrettyString();
  }

  private static void write(Bill bill, ObjectNode json) {
    json.put("variant", bill.variant().name()).put("eventsPerSecond", bill.eventsPerSecond());
    json.put("dollars", bill.dollars());
    write(bill.items(), json.putArray("items"));
    write(bill.apart(), json.putArray("apart"));
    ObjectNode settings = json.putObject("settings");
    bill.settings().values().forEach(settings::put);
    ObjectNode assumed = json.putObject("assumed");
    bill.assumed().forEach(assumed::put);
  }

  private static void write(List<Item> items, ArrayNode json) {
    for (Item item : items) {
      json.addObject()
          .put("name", item.name())
          .put("arithmetic", item.arithmetic())
          .put("dollars", item.dollars());
    }
  }
}
