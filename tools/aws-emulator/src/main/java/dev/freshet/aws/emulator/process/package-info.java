/**
 * The servers that the emulator starts. Each listens on 127.0.0.1 only, is ready when its factory
 * returns, and ends with this virtual machine.
 */
package dev.freshet.aws.emulator.process;
