package dev.freshet.quality.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A report as text: a line for each feature. */
public final class DriftTable {

  private static final String NONE = "-";
  private static final int MOST_CHARACTERS = 24;
  private static final int MOST_TEXTS = 3;

  private static final List<String> COMPARED =
      List.of("feature", "values", "absent", "was", "mean", "was", "p50", "was", "p90", "was");
  private static final List<String> INDEX = List.of("change", "PSI", "");
  private static final List<String> ALONE =
      List.of(
          "feature", "values", "absent", "mean", "p01", "p10", "p25", "p50", "p75", "p90", "p99");

  private DriftTable() {}

  /** Returns the lines; without baselines, the quantiles of each feature. */
  public static String of(DriftReport report) {
    boolean isCompared = report.features().stream().anyMatch(each -> each.baseline() != null);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(isCompared ? COMPARED : ALONE);
    head.addAll(isCompared ? INDEX : List.of());
    rows.add(head);
    report.features().forEach(each -> rows.add(isCompared ? compared(each) : alone(each)));
    return entities(report) + aligned(rows) + texts(report);
  }

  private static String entities(DriftReport report) {
    String each =
        report.entities().entrySet().stream()
            .map(of -> of.getKey() + " " + of.getValue())
            .collect(Collectors.joining(", "));
    String how = report.draws() == 0 ? "all were read" : "%,d were drawn".formatted(report.draws());
    return "entities: %s; of %,d keys %s%n".formatted(each, report.keys(), how);
  }

  private static List<String> compared(FeatureDrift drift) {
    Profile was = drift.baseline() == null ? new Profile(0, 0, null, null) : drift.baseline();
    List<String> row = new ArrayList<>(List.of(drift.feature(), values(drift.now())));
    row.addAll(List.of(absent(drift.now()), absent(was)));
    double[] now = numbers(drift.now());
    double[] before = numbers(was);
    for (int i : new int[] {0, 4, 6}) {
      row.addAll(List.of(number(now[i]), number(before[i])));
    }
    row.add(drift.change() == null ? NONE : "%+.2f".formatted(drift.change()));
    row.add(drift.psi() == null ? NONE : "%.3f".formatted(drift.psi()));
    row.add(reading(drift));
    return row;
  }

  private static String reading(FeatureDrift drift) {
    int fewest =
        Math.min(drift.now().values(), drift.baseline() == null ? 0 : drift.baseline().values());
    return drift.reading() == FeatureDrift.Reading.TOO_FEW
        ? "too few: " + fewest
        : drift.reading().toString();
  }

  private static List<String> alone(FeatureDrift drift) {
    List<String> row =
        new ArrayList<>(List.of(drift.feature(), values(drift.now()), absent(drift.now())));
    Arrays.stream(numbers(drift.now())).mapToObj(DriftTable::number).forEach(row::add);
    return row;
  }

  /** Returns mean and quantiles; NaN where there are none. */
  private static double[] numbers(Profile profile) {
    Distribution of = profile.numbers();
    double[] none = new double[8];
    Arrays.fill(none, Double.NaN);
    return of == null
        ? none
        : new double[] {
          of.mean(), of.p01(), of.p10(), of.p25(), of.p50(), of.p75(), of.p90(), of.p99()
        };
  }

  private static String values(Profile profile) {
    return Integer.toString(profile.values());
  }

  private static String absent(Profile profile) {
    return profile.values() == 0 ? NONE : "%.1f%%".formatted(100 * profile.absent());
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return NONE;
    }
    String digits = "%.4g".formatted(number);
    return digits.contains("e")
        ? digits
        : digits.replaceAll("(\\.[0-9]*?)0+$", "$1").replaceAll("\\.$", "");
  }

  /** Returns the most frequent texts of each feature that is one, quoted. */
  private static String texts(DriftReport report) {
    StringBuilder lines = new StringBuilder();
    for (FeatureDrift each : report.features()) {
      if (each.now().texts() != null) {
        lines.append("%s: %s".formatted(each.feature(), frequent(each.now())));
        if (each.baseline() != null) {
          lines.append("; was " + frequent(each.baseline()));
        }
        lines.append(System.lineSeparator());
      }
    }
    return lines.toString();
  }

  private static String frequent(Profile profile) {
    if (profile.texts() == null || profile.texts().isEmpty()) {
      return "no text is frequent";
    }
    return profile.texts().stream()
        .limit(MOST_TEXTS)
        .map(each -> "'%s' %.0f%%".formatted(printable(each.text()), 100 * each.share()))
        .collect(Collectors.joining(", "));
  }

  /** Replaces what would move a terminal's cursor, and cuts. */
  private static String printable(String text) {
    String safe = text.replaceAll("\\p{C}", "?");
    return safe.length() > MOST_CHARACTERS ? safe.substring(0, MOST_CHARACTERS) + "…" : safe;
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder lines = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        boolean isText = i == 0 || row.size() > ALONE.size() && i == columns - 1;
        line.append(("%" + (isText ? "-" : "") + widths[i] + "s  ").formatted(row.get(i)));
      }
      lines.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return lines.toString();
  }
}
