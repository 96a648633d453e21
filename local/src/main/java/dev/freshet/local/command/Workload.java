package dev.freshet.local.command;

import dev.freshet.local.events.EventFile;
import java.util.Optional;

/**
 * What a local platform is given to do.
 *
 * @param events a file of events to put first
 * @param shiftToNow whether the newest event of the file is made to happen now
 * @param ordersPerMinute of the simulated city; empty for no city
 * @param seed of the simulated city
 */
record Workload(
    Optional<EventFile> events, boolean shiftToNow, Optional<Integer> ordersPerMinute, long seed) {}
