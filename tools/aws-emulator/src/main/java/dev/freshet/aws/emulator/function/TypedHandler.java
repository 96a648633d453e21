package dev.freshet.aws.emulator.function;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.JavaType;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.type.TypeFactory;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Reads the input of a typed handler from JSON and writes its output as JSON, as the runtime does.
 *
 * <p>As in the runtime, a handler of Lambda's event classes needs {@code org.joda.time} in its jar.
 * {@code aws-lambda-java-events} depends on it, but a build that strips unused classes drops it.
 */
final class TypedHandler implements RequestStreamHandler {

  private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.UTF_8);

  private final RequestHandler<Object, Object> handler;
  private final PojoSerializer<Object> input;
  private final PojoSerializer<Object> output;
  private final boolean answers;

  @SuppressWarnings("unchecked")
  TypedHandler(RequestHandler<?, ?> handler) {
    TypeFactory factory = TypeFactory.defaultInstance();
    JavaType[] types =
        factory.findTypeParameters(factory.constructType(handler.getClass()), RequestHandler.class);
    ClassLoader loader = handler.getClass().getClassLoader();
    this.handler = (RequestHandler<Object, Object>) handler;
    this.input = serializer(types[0], loader);
    this.output = serializer(types[1], loader);
    this.answers = !types[1].hasRawClass(Void.class);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Object result = handler.handleRequest(input.fromJson(event), context);
    if (answers) {
      output.toJson(result, answer);
    } else {
      answer.write(JSON_NULL);
    }
  }

  /** Synchronized, because the library keeps classes in a plain map for a single thread. */
  @SuppressWarnings("unchecked")
  private static synchronized PojoSerializer<Object> serializer(JavaType type, ClassLoader loader) {
    Class<?> raw = type.getRawClass();
    return LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())
        ? (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(raw, loader)
        : JacksonFactory.getInstance().getSerializer((Type) type);
  }
}
