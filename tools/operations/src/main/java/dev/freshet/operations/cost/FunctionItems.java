package dev.freshet.operations.cost;

import dev.freshet.operations.cost.Item.Factor;
import dev.freshet.operations.cost.Item.Product;
import java.util.ArrayList;
import java.util.List;

/** The lines of a bill about functions: their calls, the recalculation, logs and traces. */
record FunctionItems(
    BillingSettings settings, Traffic traffic, Load load, Figures figures, PriceFactors prices) {

  List<Item> functions() {
    Factor gigabytes = PriceFactors.memory(settings.number("memory"));
    double calls = traffic.batches().stream().mapToDouble(Batches::perSecond).sum();
    double seconds =
        traffic.batches().stream().mapToDouble(each -> each.perSecond() * each.millis()).sum()
            / 1e3;
    List<Item> items = new ArrayList<>();
    items.add(function("feature groups", calls, seconds, gigabytes));
    if (!traffic.isDirect()) {
      Batches stored = traffic.stored();
      double busy = stored.perSecond() * stored.millis() / 1e3;
      items.add(function("subscriber", stored.perSecond(), busy, gigabytes));
    }
    return items;
  }

  private Item function(String name, double calls, double seconds, Factor gigabytes) {
    return Item.of(
        name,
        Product.of(
            Factor.of(calls, " calls/s"),
            PriceFactors.MONTH_SECONDS,
            prices.ofMillion("lambda.request")),
        Product.of(
            Factor.of(seconds, " busy"),
            PriceFactors.MONTH_SECONDS,
            gigabytes,
            prices.factor("lambda.gigabyte-second")));
  }

  List<Item> recalculation() {
    Factor executions = Factor.of(traffic.executions(), " at work");
    double anHour =
        load.measured()
            .transitions()
            .orElse(
                traffic.executions()
                    * 3_600
                    / figures.of("/recalculation/lapSeconds")
                    * figures.of("/recalculation/transitionsALap"));
    return List.of(
        Item.of(
            "recalculation, function",
            Product.of(
                executions,
                PriceFactors.MONTH_SECONDS,
                PriceFactors.memory(settings.number("recalculation-memory")),
                prices.factor("lambda.gigabyte-second"))),
        Item.of(
            "recalculation, transitions",
            Product.of(
                Factor.of(anHour, " an hour"),
                PriceFactors.MONTH,
                prices.ofMillion("step-functions.transition"))));
  }

  Item logs() {
    List<Product> terms = new ArrayList<>();
    terms.add(logged(traffic.instances() / 60, " lines/s", "/log/batchLineBytes"));
    if (!settings.is("system-log-level", "WARN")) {
      terms.add(logged(traffic.calls(), " calls/s", "/log/lambdaBytesAnInvocation"));
    }
    return new Item("logs", terms);
  }

  private Product logged(double perSecond, String unit, String bytes) {
    return Product.of(
        Factor.of(perSecond, unit),
        PriceFactors.MONTH_SECONDS,
        prices.lines(figures.of(bytes), "cloudwatch.log"));
  }

  Item traces() {
    if (!settings.is("tracing", "true")) {
      return new Item("traces", List.of());
    }
    return Item.of(
        "traces",
        Product.of(
            Factor.of(traffic.calls() * figures.of("/trace/share") + 1, "/s"),
            PriceFactors.MONTH_SECONDS,
            prices.ofMillion("xray.trace")));
  }
}
