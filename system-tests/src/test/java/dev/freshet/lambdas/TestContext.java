package dev.freshet.lambdas;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** The context of an invocation, with a request id only; all else fails. */
final class TestContext {

  private TestContext() {}

  static Context ofRequest(String id) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getAwsRequestId")) {
                return id;
              }
              throw new AssertionError("not expected: " + method);
            });
  }
}
