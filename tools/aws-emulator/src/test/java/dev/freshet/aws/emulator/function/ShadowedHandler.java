package dev.freshet.aws.emulator.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** A class of the platform that has the name of one in a test's artifact; must never be called. */
public final class ShadowedHandler implements RequestHandler<String, String> {

  @Override
  public String handleRequest(String input, Context context) {
    return "the platform's";
  }
}
