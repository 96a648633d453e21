package dev.freshet.state;

import dev.freshet.event.Event;
import java.util.List;

/** The events of one batch that concern one key, in any order; at least one. */
public record KeyEvents(String key, List<Event> events) {}
