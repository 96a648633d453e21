package dev.freshet.benchmarks;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** First version. */
final class Bench {

  private static final List<FeatureGroup> GROUPS =
      List.of(new CourierAcceptTimeHandler().features(), new StoreOrdersHandler().features());
  private static final Set<OrderStream> ALL = EnumSet.allOf(OrderStream.class);
  private static final double PRELOAD_HOURS = 4.2;

  private Bench() {}

  static void run(double rate, long seconds) {
    Path folder = Path.of(System.getProperty("freshet.root", ".")).resolve(".freshet/bench");
    PrintStream out = System.out;
    City city = City.ofGoals(rate, 1);
    long preload = (long) (PRELOAD_HOURS * 3_600 * rate * 4);
    long work = Duration.ofSeconds(seconds).toNanos();
    try (Store store = Store.start("state-store", folder);
        Store copy = Store.start("copy", folder)) {
      CountingSink sink = new CountingSink();
      Cost engineCost;
      RedisAlone alone;
      try (Engine engine = Engine.of(store.url(), GROUPS, sink)) {
        Traffic traffic = new Traffic(city, ALL);
        long t = System.nanoTime();
        traffic.preload(engine, preload);
        out.printf("preload %,d events, %.1f s%n", preload, (System.nanoTime() - t) / 1e9);
        traffic.feed(engine, 40_000, 500);
        engineCost = traffic.measure(engine, store, 500, work);
        print(out, "engine 500", engineCost);
        alone =
            RedisAlone.measure(
                store, copy, url -> Engine.of(url, GROUPS, sink), traffic.next(100_000, 500));
        out.printf(
            "redis alone %,.0f events/s, %.2f µs CPU, %.3f commands/event; engine is at %.0f %%%n",
            alone.eventsPerSecond(),
            alone.redisMicros(),
            (double) alone.commands() / alone.events(),
            100 * engineCost.eventsPerSecond() / alone.eventsPerSecond());
        for (int batch : new int[] {1, 10, 100, 10_000}) {
          traffic.feed(engine, Math.min(5_000, 500L * batch), batch);
          print(out, "engine " + batch, traffic.measure(engine, store, batch, work / 4));
        }
      }
      store.clear();
      try (ArticleWay article = new ArticleWay(store.url(), sink)) {
        Traffic traffic = new Traffic(city, ALL);
        article.preload(traffic.next((int) preload, 500));
        traffic.feed(article, 10_000, 500);
        Cost articleCost = traffic.measure(article, store, 500, work);
        print(out, "article", articleCost);
        out.printf(
            "ratio events/s %.1f, CPU %.1f%n",
            engineCost.eventsPerSecond() / articleCost.eventsPerSecond(),
            articleCost.cpuMicros() / engineCost.cpuMicros());
      }
    }
  }

  private static void print(PrintStream out, String name, Cost cost) {
    out.printf(
        "%-12s %,9.0f events/s  CPU %6.2f µs (JVM %6.2f + Redis %6.2f)  %,.0f B alloc, %,.0f B from"
            + " Redis /event; invocation p50 %.0f p99 %.0f p99.9 %.0f µs; %,d events%n",
        name,
        cost.eventsPerSecond(),
        cost.cpuMicros(),
        cost.jvmMicros(),
        cost.redisMicros(),
        cost.allocatedBytesPerEvent(),
        cost.redisBytesPerEvent(),
        cost.invocations().micros(.5),
        cost.invocations().micros(.99),
        cost.invocations().micros(.999),
        cost.events());
  }
}
