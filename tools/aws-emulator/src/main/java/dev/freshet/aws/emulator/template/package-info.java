/**
 * What {@code serverless package} produced, as the streams, functions, event source mappings, state
 * machines and schedules that the platform on one machine runs: the very thing that is deployed.
 */
package dev.freshet.aws.emulator.template;
