package dev.freshet.operations.history;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of which each method has a scene of its own; prints its seed. */
public abstract class OnHistoryScene {

  protected static final long SEED = new Random().nextLong();

  @TempDir private static Path work;
  private static DynamoDbEmulator emulator;

  protected HistoryScene scene;

  @BeforeAll
  static void startEmulator() throws IOException {
    emulator = HistoryScene.emulator(work);
  }

  @AfterAll
  static void stopEmulator() {
    emulator.close();
  }

  @BeforeEach
  final void openScene() {
    System.out.println("seed " + SEED);
    scene = new HistoryScene(Cards.GROUP, emulator);
  }

  @AfterEach
  final void closeScene() {
    scene.close();
  }
}
