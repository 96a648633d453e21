package dev.freshet.engine;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStore;
import java.util.function.Consumer;

/**
 * A feature group of an {@link Aggregator}, with its state.
 *
 * @param nextChanges receives, after a batch, the earliest instants at which published values
 *     change with no new event, or a recalculation has other work
 */
public record AggregatedGroup(
    FeatureGroup group, StateStore store, Consumer<NextChanges> nextChanges, Metrics metrics) {}
