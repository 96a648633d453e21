package dev.freshet.aws.emulator.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/** The context that a function gets with an invocation. */
record InvocationContext(
    String functionName,
    String functionArn,
    int memoryMegabytes,
    String requestId,
    Instant deadline,
    InstantSource time)
    implements Context {

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + functionName;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return functionArn;
  }

  /** Returns null: no mobile app calls functions here. */
  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  /** Returns null: no mobile app calls functions here. */
  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, Duration.between(time.instant(), deadline).toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return memoryMegabytes;
  }

  @Override
  public LambdaLogger getLogger() {
    return new Slf4jLogger(functionName);
  }

  private record Slf4jLogger(String name) implements LambdaLogger {

    @Override
    public void log(String message) {
      LoggerFactory.getLogger(name).info(message);
    }

    @Override
    public void log(byte[] message) {
      log(new String(message, StandardCharsets.UTF_8));
    }
  }
}
