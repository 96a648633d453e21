package dev.freshet.definition;

import dev.freshet.format.EventFormat;
import java.util.List;

/**
 * A kind of entity that features describe, a dimension: its name, and the event members that
 * identify one.
 *
 * @param name lower snake case, such as {@code table}; part of every feature-store key
 * @param members the paths of the members whose values, joined by {@code |}, are the entity id;
 *     empty if there is one entity, {@code all}
 */
public record Entity(String name, List<String> members) {

  /** The id of a global entity. */
  public static final String ALL = "all";

  public Entity {
    Names.requireSnakeCase("entity", name);
    members = members.stream().map(EventFormat::path).toList();
  }

  /** Starts a declaration: {@code Entity.named("table").by("tableId")}. */
  public static By named(String name) {
    return members -> {
      if (members.length == 0) {
        throw new IllegalArgumentException(
            "entity %s needs the member of its id: or declare Entity.global(\"%s\")"
                .formatted(name, name));
      }
      return new Entity(name, List.of(members));
    };
  }

  /** Returns the entity that every event belongs to; its only id is {@code all}. */
  public static Entity global(String name) {
    return new Entity(name, List.of());
  }

  /** The step that names the members of the id. */
  @FunctionalInterface
  public interface By {
    Entity by(String... members);
  }
}
