package dev.freshet.aws.emulator.mapping;

/**
 * What a mapping has done since its start.
 *
 * @param recordsDone records that the function answered for, each once
 * @param batches batches gathered, before any splitting
 * @param invocations calls of the function
 * @param retries calls that handed over records again
 * @param recordsDiscarded records given up
 */
public record MappingCounters(
    long recordsDone, long batches, long invocations, long retries, long recordsDiscarded) {}
