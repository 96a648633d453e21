package dev.freshet.operations.forget;

import java.util.Optional;

/**
 * A request to remove features and state.
 *
 * @param entity the only entity to remove; empty for all
 * @param isDryRun whether to count only
 */
public record ForgetRequest(String featureGroup, Optional<String> entity, boolean isDryRun) {

  boolean isOf(String entityId) {
    return entity.isEmpty() || entity.get().equals(entityId);
  }
}
