package dev.freshet.state;

import dev.freshet.event.Event;
import java.util.List;

/** The events of one batch for one key, in any order; empty in a recalculation. */
public record KeyEvents(String key, List<Event> events) {}
