package dev.freshet.replay.spark;

import java.util.Arrays;
import java.util.Comparator;

/** The order of steps and rows that are written as bytes. */
enum ByteOrder implements Comparator<byte[]> {
  UNSIGNED;

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }
}
