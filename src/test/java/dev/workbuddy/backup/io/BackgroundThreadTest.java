package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void become_lowersTheThreadAndThoseItStartsButNoOther() throws IOException {
    int before = nice();
    CompletableFuture<Integer> itself = new CompletableFuture<>();
    CompletableFuture<Integer> started = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              BackgroundThread.become();
              itself.complete(nice());
              Thread.ofPlatform().start(() -> started.complete(nice()));
            });
    assertThat(itself.join()).isEqualTo(Math.min(before + 10, 19));
    assertThat(started.join()).isEqualTo(itself.join());
    assertThat(nice()).isEqualTo(before);
  }

  /** The calling thread's, as the system tells it: the 19th word of its stat file. */
  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      return Integer.parseInt(afterName.split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
