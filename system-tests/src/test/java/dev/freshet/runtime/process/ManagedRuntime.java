package dev.freshet.runtime.process;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The content of {@code /var/runtime} in Lambda's managed Java runtimes, and its start: AWS's own
 * runtime interface client, with the heap, collector and compiler that Lambda chooses.
 */
final class ManagedRuntime {

  /**
   * Of the function's memory, in percent: {@code -XX:MaxHeapSize=445645k} of 512 MiB is what the
   * runtimes show. Large functions get more there, so this limit is the stricter.
   */
  private static final int HEAP_PERCENT = 85;

  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private ManagedRuntime() {}

  /**
   * Returns the command that serves a function, with this program's version of Java and its own
   * environment. Opens no packages to the code beyond the defaults of this version of Java.
   *
   * @param folder receives the client's native library
   */
  static List<String> command(
      FunctionDefinition function, Map<String, String> environment, Launch launch, Path folder)
      throws IOException {
    List<String> command = new ArrayList<>(launch.prefix());
    command.addAll(List.of("env", "-i"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:MaxRAM=" + function.memoryMegabytes() + "m",
            "-XX:MaxHeapSize=" + heapKibibytes(function.memoryMegabytes()) + "k",
            "-XX:+UseSerialGC",
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ErrorFileToStderr",
            "-Djava.net.preferIPv4Stack=true",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-D" + NATIVE_CLIENT + "=" + nativeLibrary(folder)));
    command.addAll(launch.jvmOptions());
    command.addAll(
        List.of("-classpath", classPath(launch), AWSLambda.class.getName(), function.handler()));
    return command;
  }

  private static long heapKibibytes(int memoryMegabytes) {
    return memoryMegabytes * 1024L * HEAP_PERCENT / 100;
  }

  /** The client and the three jars that it needs, without the function's code. */
  private static String classPath(Launch launch) {
    Stream<String> runtime =
        Stream.of(
                AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation().getPath());
    return Stream.concat(runtime, launch.jars().stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** By default, the client would write it to the same place in {@code /tmp} for all processes. */
  private static Path nativeLibrary(Path folder) throws IOException {
    boolean isArm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64");
    String name = "libaws-lambda-jni.linux-" + (isArm ? "aarch_64" : "x86_64") + ".so";
    Path library = Files.createDirectories(folder).resolve(name).toAbsolutePath();
    try (InputStream resource = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
      Files.copy(resource, library);
    }
    return library;
  }
}
