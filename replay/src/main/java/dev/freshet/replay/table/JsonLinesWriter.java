package dev.freshet.replay.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.result.DecimalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a JSON object a line, with a member for every column; an absent cell is null. */
final class JsonLinesWriter implements RowWriter {

  private final JsonGenerator json;
  private final List<Column> kept;
  private final List<Column> features;

  JsonLinesWriter(OutputStream out, List<Column> kept, List<Column> features) throws IOException {
    this.json = JsonLinesReader.JSON.createGenerator(out);
    this.json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    this.kept = kept;
    this.features = features;
  }

  @Override
  public void write(Cell[] cells, FeatureValues values) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < kept.size(); i++) {
      json.writeFieldName(kept.get(i).name());
      write(i < cells.length ? cells[i] : null, kept.get(i).kind());
    }
    for (int i = 0; i < features.size(); i++) {
      json.writeFieldName(features.get(i).name());
      if (values.text(i) != null) {
        json.writeString(values.text(i));
      } else if (values.isPresent(i)) {
        json.writeNumber(DecimalText.of(values.number(i)));
      } else {
        json.writeNull();
      }
    }
    json.writeEndObject();
  }

  private void write(Cell cell, Kind column) throws IOException {
    if (cell == null || cell.isNaN()) {
      json.writeNull();
    } else if (column == Kind.BOOLEAN || column == Kind.JSON || isJsonNumber(cell, column)) {
      json.writeRawValue(cell.text());
    } else {
      json.writeString(cell.text());
    }
  }

  /** Tells whether a cell is written as a number; JSON has no infinite numbers. */
  private static boolean isJsonNumber(Cell cell, Kind column) {
    return column.isNumber() && !cell.text().endsWith("Infinity");
  }

  @Override
  public void close() throws IOException {
    json.writeRaw('\n');
    json.close();
  }
}
