package dev.freshet.benchmarks.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Measures {@code freshet replay} over several inputs; of several runs, the median counts. */
public final class ReplayMeasurement {

  private static final List<String> SEVEN_GROUPS =
      List.of(
          "--groups",
          "city_demand,city_orders,courier_accept_time,customer_waiting_time,store_delivery_time,"
              + "store_orders,store_preparation_time");

  private final Path root;
  private final Path folder;
  private final int runs;
  private final Consumer<String> log;
  private final List<ReplayRow> rows = new ArrayList<>();

  /**
   * A measured replay.
   *
   * @param heap the limit of its heap
   */
  public record ReplayRow(
      String input,
      long events,
      long rows,
      int cores,
      String heap,
      double seconds,
      double cpuSeconds,
      double peakMegabytes) {

    public double eventsPerSecond() {
      return events / seconds;
    }

    public double rowsPerSecond() {
      return rows / seconds;
    }
  }

  /**
   * @param root the folder of the command {@code freshet}
   * @param folder takes the files
   */
  public ReplayMeasurement(Path root, Path folder, int runs, Consumer<String> log) {
    this.root = root;
    this.folder = folder.resolve("replay");
    this.runs = runs;
    this.log = log;
  }

  /**
   * Measures generated orders, and real ones of files that are given.
   *
   * @param events how many events are generated: a replay of each number
   * @param orders a gzipped file of the reference catalogue's events; null for none
   * @param flights the folder of {@code examples/flights/events.py}; null for none
   */
  public List<ReplayRow> measure(List<Long> events, Path orders, Path flights) throws IOException {
    Files.createDirectories(folder);
    build();
    if (orders != null) {
      measure(ReplayInput.ofOrders(folder, orders), "448m", List.of());
    }
    for (long count : events) {
      int questions = (int) (count * 300_000 / 1_130_000);
      log.accept("generating %,d events".formatted(count));
      measure(ReplayInput.generated(folder, count, questions), "448m", SEVEN_GROUPS);
    }
    if (flights != null) {
      String catalogue = root.resolve("examples/flights").toString();
      build("--catalogue", catalogue);
      measure(ReplayInput.ofFlights(flights), "1g", List.of("--before", "--catalogue", catalogue));
    }
    return rows;
  }

  /** Lets the command build what it needs, so that this is not measured. */
  private void build(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("freshet").toString(), "catalog"));
    command.addAll(List.of(options));
    var unused = ReplayProcess.run(command, folder.resolve("log"));
  }

  private void measure(ReplayInput input, String heap, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("freshet").toString(),
                "replay",
                "--events",
                input.events().toString(),
                "--spine",
                input.spine().toString(),
                "--memory",
                heap,
                "--output",
                folder.resolve("rows.parquet").toString()));
    command.addAll(options);
    rows.add(row(input, heap, 2, command));
    rows.add(row(input, heap, 1, ReplayProcess.onOneCore(command)));
  }

  private ReplayRow row(ReplayInput input, String heap, int cores, List<String> command)
      throws IOException {
    List<ReplayProcess> done = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      log.accept("replaying %s with %d cores".formatted(input.name(), cores));
      done.add(ReplayProcess.run(command, folder.resolve("log")));
    }
    done.sort(Comparator.comparingDouble(ReplayProcess::seconds));
    ReplayProcess median = done.get(done.size() / 2);
    return new ReplayRow(
        input.name(),
        median.events(),
        median.rows(),
        cores,
        heap,
        median.seconds(),
        median.cpuSeconds(),
        median.peakBytes() / 1e6);
  }
}
