package dev.freshet.aws.emulator.process;

/**
 * Counts the work of state machines.
 *
 * @param executions executions started
 * @param running executions that have not ended
 * @param transitions states entered, and retries; AWS bills standard executions by these
 * @param lambdaCalls calls of functions, retries included
 * @param lambdaErrors those that failed
 * @param longestCallMillis the longest call of a function
 */
public record StateMachineCounters(
    long executions,
    long running,
    long transitions,
    long lambdaCalls,
    long lambdaErrors,
    long longestCallMillis) {}
