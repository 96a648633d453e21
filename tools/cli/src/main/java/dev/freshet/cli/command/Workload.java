package dev.freshet.cli.command;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.operations.events.EventFile;
import java.util.List;
import java.util.Optional;

/**
 * What a local platform is given to do.
 *
 * @param events a file of events to put first
 * @param groups the deployed ones, which judge these events
 * @param shiftToNow whether the newest plausible event of the file is made to happen now
 * @param ordersPerMinute of the simulated city; empty for no city
 * @param seed of the simulated city
 */
record Workload(
    Optional<EventFile> events,
    List<FeatureGroup> groups,
    boolean shiftToNow,
    Optional<Integer> ordersPerMinute,
    long seed) {}
