/**
 * The streams, tables, functions, event source mappings, state machines and schedules that {@code
 * serverless package} wrote: the files that are deployed.
 */
package dev.freshet.aws.emulator.template;
