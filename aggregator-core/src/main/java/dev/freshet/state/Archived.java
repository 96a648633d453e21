package dev.freshet.state;

import dev.freshet.result.FeatureResult;

/**
 * The state of an entity with history, as the archive keeps it.
 *
 * @param entity the entity id
 * @param version the version of the step whose state this is; grows from each to the next
 * @param snapshot the state, as the state store writes it
 * @param result the features of that state
 * @param expiresAtMillis the instant from which on no feature needs it; {@link KeyState#FOREVER} if
 *     there is none
 */
public record Archived(
    String entity, long version, byte[] snapshot, FeatureResult result, long expiresAtMillis) {}
