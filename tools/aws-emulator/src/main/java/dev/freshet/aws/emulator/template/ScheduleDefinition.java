package dev.freshet.aws.emulator.template;

import java.time.Duration;

/**
 * One EventBridge rule of the compiled template that calls a function at a rate.
 *
 * @param rule the name of the rule
 * @param function the name of the function that is called
 * @param rate the time from one call to the next
 */
public record ScheduleDefinition(String rule, String function, Duration rate) {}
