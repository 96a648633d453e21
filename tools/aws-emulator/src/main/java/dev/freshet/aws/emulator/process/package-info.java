/**
 * The real parts that the platform on one machine starts: Redis and the Kinesis emulator. Each
 * listens on 127.0.0.1 only, is ready when its factory returns, and never outlives this virtual
 * machine.
 */
package dev.freshet.aws.emulator.process;
