package dev.freshet.engine;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStore;
import java.util.function.LongConsumer;

/**
 * A feature group of an {@link Aggregator}, with its state.
 *
 * @param nextChange receives, after a batch, the earliest instant at which a published value
 *     changes with no new event, or a recalculation has other work; nothing if there is none
 */
public record AggregatedGroup(
    FeatureGroup group, StateStore store, LongConsumer nextChange, Metrics metrics) {}
