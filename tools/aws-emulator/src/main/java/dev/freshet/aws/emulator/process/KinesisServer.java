package dev.freshet.aws.emulator.process;

import java.net.URI;

/** A server of the Kinesis API. */
public interface KinesisServer extends AutoCloseable {

  /** Returns the address of the API, for {@code AWS_ENDPOINT_URL_KINESIS}. */
  URI endpoint();

  @Override
  void close();
}
