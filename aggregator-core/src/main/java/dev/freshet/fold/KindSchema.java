package dev.freshet.fold;

import java.util.List;

/**
 * The content of one kind of state of a declaration.
 *
 * @param name the subject of its state; kinds of another name cannot read it
 * @param parts descriptions of its content that only the kind interprets
 * @param holdMillis how long it keeps an event or item after its time
 */
public record KindSchema(String name, List<String> parts, long holdMillis) {

  public KindSchema {
    parts = List.copyOf(parts);
  }

  void write(SnapshotWriter out) {
    StateSchema.write(out.text(name), parts);
    out.number(holdMillis);
  }

  static KindSchema read(SnapshotReader in) {
    return new KindSchema(in.text(), StateSchema.readTexts(in), in.number());
  }
}
