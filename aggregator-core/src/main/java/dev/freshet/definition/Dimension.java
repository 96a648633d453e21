package dev.freshet.definition;

/**
 * A kind of entity that features describe, and the event member that identifies one.
 *
 * @param name lower snake case, such as {@code table}; part of every feature-store key
 * @param member the event member that holds the entity's id, such as {@code tableId}
 */
public record Dimension(String name, String member) {

  public Dimension {
    Names.requireSnakeCase("dimension", name);
    if (member.isBlank()) {
      throw new IllegalArgumentException("dimension " + name + " needs the member of its id");
    }
  }
}
