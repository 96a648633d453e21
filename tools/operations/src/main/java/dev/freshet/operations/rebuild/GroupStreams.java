package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import java.util.Set;

/**
 * A feature group whose function is deployed, and what that reads.
 *
 * @param streams the streams that its function reads, without the stage prefix used on AWS
 */
public record GroupStreams(FeatureGroup group, Set<String> streams) {}
