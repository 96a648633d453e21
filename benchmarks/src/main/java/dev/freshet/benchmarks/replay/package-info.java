/** Measures the command {@code replay}: whole processes, as a user starts them. */
package dev.freshet.benchmarks.replay;
