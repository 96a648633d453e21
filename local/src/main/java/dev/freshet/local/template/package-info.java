/**
 * What {@code serverless package} produced, as the streams, functions and event source mappings
 * that the platform on one machine runs: the very thing that is deployed.
 */
package dev.freshet.local.template;
