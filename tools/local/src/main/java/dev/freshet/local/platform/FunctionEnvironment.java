package dev.freshet.local.platform;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.net.URI;
import java.util.List;

/**
 * Sets the environment of the functions. They run in this process, which cannot change its
 * environment variables, so it sets system properties of the same names and those of the AWS SDK.
 */
final class FunctionEnvironment {

  static final String REGION = "us-east-1";

  private FunctionEnvironment() {}

  static void set(List<FunctionDefinition> functions, LocalServers servers, URI stateMachines) {
    functions.forEach(function -> function.environment().forEach(System::setProperty));
    System.setProperty("STATE_STORE_URL", servers.stateStore().url());
    System.setProperty("FEATURE_STORE_URL", servers.featureStore().url());
    System.setProperty("LOG_LEVEL", "WARN");
    System.setProperty("LOG_FORMAT", "text");
    System.setProperty("LIBRARY_LOG_LEVEL", "ERROR");
    System.setProperty("aws.region", REGION);
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    System.setProperty("aws.cborEnabled", "false"); // the emulator is quicker with JSON
    System.setProperty("aws.endpointUrlKinesis", servers.kinesis().endpoint().toString());
    System.setProperty("aws.endpointUrlSfn", stateMachines.toString());
  }
}
