package dev.freshet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("verify")
class RedisBinaryTest {

  @TempDir private Path installed;
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Redis server v=6.2.0 sha=00000000:0 malloc=libc bits=64",
        "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64",
        "Valkey server v=8.1.1 sha=00000000:0",
      })
  void prefersWhatIsInstalled(String version) throws IOException {
    assertThat(locate(version)).isEqualTo(installed.resolve("redis-server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Redis server v=6.0.16 sha=00000000:0", "Redis server v=5.9.9", "?"})
  void carriesOneWhereTheInstalledOneIsTooOld(String version) throws IOException {
    Path binary = locate(version);

    assertThat(binary.getParent()).isEqualTo(folder);
    assertThat(Programs.isAtLeast(6, 2, binary, Pattern.compile("v=(\\d+)\\.(\\d+)"))).isTrue();
  }

  @Test
  void unpacksOnceAndLeavesNothingElse() throws IOException {
    Path binary = RedisBinary.locate(new Programs(""), folder);
    FileTime unpacked = Files.getLastModifiedTime(binary);

    assertThat(RedisBinary.locate(new Programs(""), folder)).isEqualTo(binary);
    assertThat(Files.getLastModifiedTime(binary)).isEqualTo(unpacked);
    assertThat(folder.toFile().list()).containsExactly(binary.getFileName().toString());
  }

  private Path locate(String version) throws IOException {
    Path program = installed.resolve("redis-server");
    Files.writeString(program, "#!/bin/sh\necho '%s'\n".formatted(version));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return RedisBinary.locate(new Programs(installed.toString()), folder);
  }
}
