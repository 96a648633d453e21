package dev.freshet.authoring;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A Mustache template among the resources; a name that the model lacks is an error. */
public final class Template {

  private final com.samskivert.mustache.Template compiled;

  /**
   * @param name of the resource in the package of the owner, such as {@code catalogue.md}
   * @param replaced pairs of a text and what <code>{{…}}</code> writes instead of it; <code>{{{…}}}
   *     </code> writes every text as it is
   */
  public Template(Class<?> owner, String name, String[]... replaced) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
      compiled =
          Mustache.compiler()
              .withEscaper(Escapers.simple(replaced))
              .compile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The text for a model: maps, lists and texts. */
  public String of(Object model) {
    return compiled.execute(model);
  }
}
