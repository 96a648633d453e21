package dev.freshet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Random;

/**
 * Mutates a valid JSON object into hostile input: first its members, then single bytes, then noise.
 */
public final class Mutations {

  private static final String[] VALUES = {
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "0",
    "-0",
    "-0.0",
    "7",
    "\"7\"",
    "7.0",
    "1e3",
    "1E-7",
    "0.1234567",
    "999999999.999999",
    "-999999999.999999",
    "1e9",
    "1e400",
    "-1e400",
    "4.9e-324",
    "1e999999999",
    "1e-999999999",
    "0e999999999",
    "1e99999999999999999999",
    "1".repeat(400),
    "123456789012345678901234567890",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "253402300799999",
    "253402300800000",
    "-62167219200001",
    "99999999999",
    "100000000000",
    "1777896000",
    "1777896000000000",
    "0.30000000000000004",
    "0.0000005",
    "1.0000015",
    "999999999.9999999",
    "1000000000.0000000",
    "25e-7",
    "1777896000000",
    "NaN",
    "Infinity",
    "-",
    "+1",
    "01",
    ".5",
    "1.",
    "0x10",
    "'a'",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\n\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "\"\\/\\b\\f\\n\\r\\t\"",
    "\"}\"",
    "\"{tag}\"",
    "\"a:b\"",
    "\"a b\"",
    "\"@version\"",
    "\"event\"",
    "\"recalculation\"",
    "\"2026-05-04T12:00:00Z\"",
    "\"2026-05-04 12:00:00.5+05:30\"",
    "\"2026-05-04t12:00:60z\"",
    "\"2026-05-04T12:00:00.123456789-23:59\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"0000-01-01T00:00:00Z\"",
    "\"0000-01-01T00:00:00+00:01\"",
    "\"9999-12-31T23:59:60Z\"",
    "\"2026-05-04T12:00:00\"",
    "\"2026-05-04T12:00Z\"",
    "\"2026-05-04 12:00-0330\"",
    "\"2026-05-04T12:00:00.5+01\"",
    "\"2026-05-04T12:00:00+010\"",
    "\"2026-05-04T24:00:00Z\"",
    "\"2026-05-04T12:00:00.Z\"",
    "\"2026-05-04T12:00:00.1234567890Z\"",
    "\"" + "x".repeat(128) + "\"",
    "\"" + "x".repeat(129) + "\"",
    "\"" + "x".repeat(256) + "\"",
    "\"" + "x".repeat(257) + "\"",
    "\"" + "😀".repeat(256) + "\"",
    "\"" + "😀".repeat(257) + "\"",
    "\"日本\"",
    "\"\u2028\"",
    "\"\u0085\"",
    "{\"a\":-1,\"b\":1e400}",
    "{\"a\":1,\"a\":2}",
    "{\"@version\":1}"
  };

  /** Byte order mark, NUL, and what looks like UTF-8 but is not. */
  private static final int[][] BYTES = {
    {0xEF, 0xBB, 0xBF},
    {0},
    {0xC0, 0x80},
    {0xC1, 0xBF},
    {0xE0, 0x80, 0x80},
    {0xED, 0xA0, 0x80},
    {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
    {0xF0, 0x80, 0x80, 0x80},
    {0xF4, 0x90, 0x80, 0x80},
    {0xF8, 0x88, 0x80, 0x80, 0x80},
    {0xFF},
    {0x80},
    {0xC3},
    {0xC3, 0xA9},
    {0xE2, 0x82, 0xAC},
    {'"'},
    {'\\'},
    {'{'},
    {'}'},
    {','},
    {':'},
    {'['},
    {']'},
    {'\\', 'u', 'd', '8', '3', 'd'}
  };

  private static final int LONGEST = 300_000;

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Returns a text like the object, with few or no mutations.
   *
   * @param valid members and their values as JSON
   */
  public byte[] of(Map<String, String> valid) {
    if (random.nextInt(50) == 0) {
      return noise();
    }
    List<Entry<String, String>> members = new ArrayList<>(valid.entrySet());
    for (int i = random.nextInt(4); i > 0; i--) {
      change(members);
    }
    byte[] json = write(members).getBytes(UTF_8);
    for (int i = Math.max(0, random.nextInt(5) - 2); i > 0; i--) {
      json = change(json);
    }
    return json;
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(64)];
    random.nextBytes(noise);
    return noise;
  }

  private void change(List<Entry<String, String>> members) {
    int at = members.isEmpty() ? 0 : random.nextInt(members.size());
    String name = members.isEmpty() ? "a" : members.get(at).getKey();
    switch (random.nextInt(8)) {
      case 0 -> members.add(random.nextInt(members.size() + 1), Map.entry(name, value()));
      case 1 -> members.add(Map.entry(name + random.nextInt(3), value()));
      case 2 -> members.add(at, Map.entry("deep", deep()));
      case 3 -> members.subList(at, Math.min(members.size(), at + 1)).clear();
      default -> {
        if (!members.isEmpty()) {
          members.set(at, Map.entry(name, value()));
        }
      }
    }
  }

  /** Returns any JSON value, or what looks like one. */
  public String value() {
    return VALUES[random.nextInt(VALUES.length)];
  }

  /** Returns deep or long JSON; sometimes as deep or long as a record allows. */
  private String deep() {
    int size = random.nextInt(200) == 0 ? random.nextInt(LONGEST) : random.nextInt(100);
    return switch (random.nextInt(5)) {
      case 0 -> "[".repeat(size / 2) + "]".repeat(size / 2);
      case 1 -> "{\"a\":".repeat(size / 6) + "1" + "}".repeat(size / 6);
      case 2 -> "1".repeat(size + 1);
      case 3 -> "0." + "1".repeat(size + 1);
      default -> "\"" + "x".repeat(size) + "\"";
    };
  }

  private String write(List<Entry<String, String>> members) {
    StringBuilder json = new StringBuilder("{");
    for (Entry<String, String> member : members) {
      json.append(json.length() == 1 ? "" : ",").append(random.nextInt(9) == 0 ? " \r\n\t" : "");
      json.append('"').append(name(member.getKey())).append("\":").append(member.getValue());
    }
    return json.append('}').toString();
  }

  /** The same name in another spelling, at times. */
  private String name(String name) {
    return random.nextInt(40) == 0 && !name.isEmpty()
        ? "\\u%04x%s".formatted((int) name.charAt(0), name.substring(1))
        : name;
  }

  private byte[] change(byte[] json) {
    int from = random.nextInt(json.length + 1);
    int to = Math.min(json.length, from + random.nextInt(4));
    return switch (random.nextInt(6)) {
      case 0 -> splice(json, from, to, new byte[0]);
      case 1 -> Arrays.copyOf(json, from);
      case 2 -> splice(json, from, from, Arrays.copyOfRange(json, from, to));
      case 3 -> splice(json, from, to, new byte[] {(byte) random.nextInt()});
      default -> splice(json, from, from, bytes());
    };
  }

  private byte[] bytes() {
    int[] chosen = BYTES[random.nextInt(BYTES.length)];
    byte[] bytes = new byte[chosen.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chosen[i];
    }
    return bytes;
  }

  private static byte[] splice(byte[] json, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + middle.length);
    out.write(json, 0, from);
    out.writeBytes(middle);
    out.write(json, to, json.length - to);
    return out.toByteArray();
  }
}
