package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import java.util.Set;

/**
 * A feature group whose function is deployed.
 *
 * @param streams the streams that its function reads, without the stage prefix used on AWS
 */
public record DeployedGroup(FeatureGroup group, Set<String> streams) {}
