package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.aws.emulator.process.StateMachineRunner;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The state machines of a template, and the way back from them to the functions they call.
 *
 * @param runner the process that interprets them
 * @param callbacks what calls functions for it
 */
record StateMachines(StateMachineRunner runner, FunctionCallbacks callbacks)
    implements AutoCloseable {

  /**
   * Starts both.
   *
   * @param functions by name
   */
  static StateMachines start(
      DeployedTemplate template, Map<String, FunctionInvoker> functions, PlatformOptions options) {
    FunctionCallbacks callbacks = FunctionCallbacks.start(functions);
    try {
      StateMachineRunner runner =
          StateMachineRunner.start(
              template.stateMachines(), callbacks.endpoint(), options.root(), options.workFolder());
      return new StateMachines(runner, callbacks);
    } catch (RuntimeException e) {
      callbacks.close();
      throw e;
    }
  }

  /** Where executions are started. */
  URI endpoint() {
    return runner.endpoint();
  }

  /** What they have done since the platform was ready. */
  StateMachineCounters counters() {
    return runner.counters();
  }

  /** Stops and forgets all executions; returns when no function is at work for them. */
  void stopAll() {
    runner.stopAll();
  }

  @Override
  public void close() {
    Closing.all(List.of(runner, callbacks));
  }
}
