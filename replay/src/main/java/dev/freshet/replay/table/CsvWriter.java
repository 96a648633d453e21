package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import dev.freshet.result.DecimalText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes comma-separated values (RFC 4180, lines ended by LF); an absent cell is an empty field.
 */
final class CsvWriter implements RowWriter {

  private final Writer out;
  private final int kept;
  private final int features;

  CsvWriter(Writer out, List<Column> kept, List<Column> features) throws IOException {
    this.out = out;
    this.kept = kept.size();
    this.features = features.size();
    for (int i = 0; i < this.kept; i++) {
      field(i, kept.get(i).name());
    }
    for (int i = 0; i < this.features; i++) {
      field(this.kept + i, features.get(i).name());
    }
    out.write('\n');
  }

  @Override
  public void write(Cell[] cells, FeatureValues values) throws IOException {
    for (int i = 0; i < kept; i++) {
      Cell cell = i < cells.length ? cells[i] : null;
      field(i, cell == null || cell.isNaN() ? "" : cell.text());
    }
    for (int i = 0; i < features; i++) {
      field(kept + i, text(values, i));
    }
    out.write('\n');
  }

  private static String text(FeatureValues values, int index) {
    String text = values.text(index);
    double number = values.number(index);
    return text != null ? text : Double.isNaN(number) ? "" : DecimalText.of(number);
  }

  private void field(int index, String text) throws IOException {
    if (index > 0) {
      out.write(',');
    }
    out.write(needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text);
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == ',' || each == '"' || each == '\n' || each == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
