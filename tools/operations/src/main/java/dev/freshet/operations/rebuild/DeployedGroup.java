package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import java.util.Set;

/**
 * A feature group whose function is deployed.
 *
 * @param handler the class name of its handler
 * @param streams the streams that its function reads, without the stage prefix used on AWS
 */
public record DeployedGroup(FeatureGroup group, String handler, Set<String> streams) {}
