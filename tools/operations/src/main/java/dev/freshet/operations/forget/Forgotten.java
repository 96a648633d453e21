package dev.freshet.operations.forget;

import java.util.Optional;

/**
 * What is to be removed.
 *
 * @param entity the only entity to forget; all if empty
 * @param isDryRun whether only to count
 */
public record Forgotten(String featureGroup, Optional<String> entity, boolean isDryRun) {

  boolean isOf(String entityId) {
    return entity.isEmpty() || entity.get().equals(entityId);
  }
}
