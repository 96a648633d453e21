package dev.freshet.aws.emulator.function;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.type.TypeFactory;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A function of a deployed jar, called as the managed runtime calls it.
 *
 * <p>A handler instance serves one invocation at a time and is then reused, the last used first, as
 * Lambda reuses execution environments. Two things differ from Lambda: all functions share the
 * environment variables of this process, and a function is not stopped after its timeout.
 */
public final class JarFunction implements FunctionInvoker {

  private final FunctionDefinition function;
  private final ClassLoader loader;
  private final AwsAccount account;
  private final InstantSource time;
  private final Deque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();

  /**
   * Prepares a function, which is loaded on its first call.
   *
   * @param loader the classes of the function's artifact
   */
  public JarFunction(
      FunctionDefinition function, ClassLoader loader, AwsAccount account, InstantSource time) {
    this.function = function;
    this.loader = loader;
    this.account = account;
    this.time = time;
  }

  @Override
  public byte[] invoke(byte[] eventJson, String requestId) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call(eventJson, requestId);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private byte[] call(byte[] eventJson, String requestId) {
    RequestStreamHandler reused = idle.pollFirst();
    RequestStreamHandler handler = reused != null ? reused : start();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(eventJson), answer, context(requestId));
    } catch (Throwable whatever) {
      throw new FunctionFailedException(function.name() + " failed: " + whatever, whatever);
    } finally {
      idle.addFirst(handler);
    }
    return answer.toByteArray();
  }

  private RequestStreamHandler start() {
    try {
      Object handler = loader.loadClass(function.handler()).getConstructor().newInstance();
      return handler instanceof RequestHandler<?, ?> typed
          ? streaming(typed)
          : (RequestStreamHandler) handler;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() != null ? e.getCause() : e;
      throw new FunctionFailedException(
          "%s did not start: %s; handler %s of %s"
              .formatted(function.name(), cause, function.handler(), function.artifact()),
          cause);
    }
  }

  /**
   * Reads the input of a typed handler from JSON and writes its output as JSON, as the runtime
   * does.
   *
   * <p>As in the runtime, a handler of Lambda's event classes needs {@code org.joda.time} in its
   * jar. {@code aws-lambda-java-events} depends on it, but a build that strips unused classes drops
   * it.
   */
  @SuppressWarnings("unchecked")
  private static RequestStreamHandler streaming(RequestHandler<?, ?> handler) {
    TypeFactory factory = TypeFactory.defaultInstance();
    JavaType[] types =
        factory.findTypeParameters(factory.constructType(handler.getClass()), RequestHandler.class);
    PojoSerializer<Object> input = serializer(types[0], handler.getClass().getClassLoader());
    PojoSerializer<Object> output = serializer(types[1], handler.getClass().getClassLoader());
    RequestHandler<Object, Object> typed = (RequestHandler<Object, Object>) handler;
    return (event, answer, context) -> {
      Object result = typed.handleRequest(input.fromJson(event), context);
      if (types[1].hasRawClass(Void.class)) {
        answer.write("null".getBytes(StandardCharsets.UTF_8));
      } else {
        output.toJson(result, answer);
      }
    };
  }

  /** Synchronized, because the library keeps classes in a plain map for a single thread. */
  @SuppressWarnings("unchecked")
  private static synchronized PojoSerializer<Object> serializer(JavaType type, ClassLoader loader) {
    Class<?> raw = type.getRawClass();
    return LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())
        ? (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(raw, loader)
        : JacksonFactory.getInstance().getSerializer((Type) type);
  }

  private Context context(String requestId) {
    Instant deadline = time.instant().plus(function.timeout());
    return new LambdaContext(
        function.memoryMegabytes(),
        deadline.toEpochMilli(),
        requestId,
        "/aws/lambda/" + function.name(),
        "local",
        function.name(),
        null,
        "$LATEST",
        account.functionArn(function.name()),
        null,
        null,
        null) {
      @Override
      public int getRemainingTimeInMillis() {
        return (int) Math.max(0, Duration.between(time.instant(), deadline).toMillis());
      }
    };
  }
}
