package dev.freshet.runtime.process;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.nio.file.Path;
import java.util.Map;

/** The environment variables that Lambda sets for every function. */
final class LambdaVariables {

  private LambdaVariables() {}

  /**
   * The variables that differ if Lambda takes a snapshot, from which execution environments start.
   */
  static void forSnapshot(Map<String, String> variables) {
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    variables.remove("AWS_LAMBDA_LOG_GROUP_NAME");
    variables.remove("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  /**
   * The variables of an execution environment.
   *
   * @param runtimeApi host and port of the runtime API
   * @param taskRoot the folder with the function's code
   */
  static Map<String, String> of(
      FunctionDefinition function, AwsAccount account, String runtimeApi, Path taskRoot) {
    return Map.ofEntries(
        Map.entry("_HANDLER", function.handler()),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("AWS_SESSION_TOKEN", "local"),
        Map.entry("AWS_REGION", account.region()),
        Map.entry("AWS_DEFAULT_REGION", account.region()),
        Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java" + Runtime.version().feature()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes())),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
        Map.entry("LAMBDA_TASK_ROOT", taskRoot.toString()),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"),
        Map.entry("TZ", ":UTC"));
  }
}
