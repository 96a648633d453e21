package dev.freshet.benchmarks.load;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;

/**
 * A batch of one stream, as an event source mapping hands it to a function.
 *
 * @param newestMillis when its newest event occurred
 */
public record Delivery(String stream, KinesisEvent event, int size, long newestMillis) {}
