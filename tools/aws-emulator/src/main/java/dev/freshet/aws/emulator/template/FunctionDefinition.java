package dev.freshet.aws.emulator.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One Lambda function of the compiled template.
 *
 * @param name the function's name on AWS
 * @param handler the handler class, fully qualified
 * @param artifact the jar that is deployed
 * @param memoryMegabytes the memory of an execution environment, in MiB
 * @param timeout the longest that one invocation may take
 * @param environment the function's environment, intrinsic functions resolved
 */
public record FunctionDefinition(
    String name,
    String handler,
    Path artifact,
    int memoryMegabytes,
    Duration timeout,
    Map<String, String> environment) {}
