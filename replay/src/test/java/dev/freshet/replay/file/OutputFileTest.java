package dev.freshet.replay.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void writeAFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "before");
  }

  @Test
  void isThereWhenItIsComplete() throws IOException {
    OutputFile.write(
        file,
        unfinished -> {
          Files.writeString(unfinished, "after");
          assertThat(file).hasContent("before");
        });
    assertThat(file).hasContent("after");
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void staysAsItWasIfItCannotBeWritten() {
    assertThatThrownBy(
            () ->
                OutputFile.write(
                    file,
                    unfinished -> {
                      Files.writeString(unfinished, "half");
                      throw new UncheckedIOException(new IOException("the disk is full"));
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void isWrittenWhereALinkLeads() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    OutputFile.write(link, unfinished -> Files.writeString(unfinished, "after"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("after");
  }

  @Test
  void isFoundAmongTheInputsByEveryName() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "before");
    List<Path> inputs = List.of(folder.resolve("missing"), other, file);
    assertThat(OutputFile.among(inputs, folder.resolve("new"))).isEmpty();
    for (Path name :
        List.of(
            file,
            folder.resolve("../" + folder.getFileName() + "/file"),
            Files.createSymbolicLink(folder.resolve("symbolic"), file),
            Files.createLink(folder.resolve("hard"), file))) {
      assertThat(OutputFile.among(inputs, name)).contains(file);
    }
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> OutputFile.write(folder, unfinished -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write %s: it is a folder", folder);
  }
}
