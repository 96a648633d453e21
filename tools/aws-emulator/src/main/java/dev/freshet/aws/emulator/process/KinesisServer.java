package dev.freshet.aws.emulator.process;

import java.net.URI;

/** A Kinesis that the platform's streams are in. */
public interface KinesisServer extends AutoCloseable {

  /** Where it listens, for {@code AWS_ENDPOINT_URL_KINESIS}. */
  URI endpoint();

  @Override
  void close();
}
