package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Companion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunLockTest {
  @TempDir Path directory;
  private Path file = Path.of("lock");

  @BeforeEach
  void nameTheLock() {
    file = directory.resolve("lock");
  }

  @Test
  void acquire_heldByAnotherProcess_isRefusedNamingItUntilItIsKilled() throws Exception {
    try (Companion other = Companion.java(LockHolder.class, file)) {
      other.await("got it");
      BackupException refusal = refusal();
      assertThat(refusal.code()).isEqualTo(ErrorCode.LOCK_HELD);
      assertThat(refusal.text()).contains("pid " + other.pid(), "hold it for a test", "prune");
      assertThat(RunLock.tryAcquire(file, "look")).isEmpty();
      other.kill();
    }
    RunLock.acquire(file, "prune").close();
  }

  @Test
  void acquire_heldHere_keepsAnotherProcessOutUntilClosed() throws Exception {
    try (RunLock _ = RunLock.acquire(file, "back up")) {
      assertThat(anotherProcessHears()).isEqualTo("somebody has it");
    }
    assertThat(anotherProcessHears()).isEqualTo("got it");
  }

  @Test
  void acquire_refusedInTheSameProcess_leavesTheLockWithItsHolder() throws Exception {
    try (RunLock _ = RunLock.acquire(file, "back up")) {
      BackupException refusal = refusal();
      assertThat(refusal.code()).isEqualTo(ErrorCode.LOCK_HELD);
      assertThat(refusal.text()).contains("pid " + ProcessHandle.current().pid(), "to back up");
      Path sameFile = Files.createSymbolicLink(directory.resolve("link"), directory);
      assertThat(RunLock.tryAcquire(sameFile.resolve("lock"), "look")).isEmpty();
      assertThat(anotherProcessHears()).isEqualTo("somebody has it");
    }
    RunLock.acquire(file, "prune").close();
  }

  @Test
  void acquire_afterALongerText_showsOnlyTheNewHolder() throws Exception {
    RunLock.acquire(file, "do something that takes very many words to say").close();
    try (RunLock _ = RunLock.acquire(file, "prune")) {
      assertThat(Files.readString(file))
          .isEqualTo("pid " + ProcessHandle.current().pid() + ", to prune\n");
    }
  }

  @Test
  void acquire_directoryIsNotThere_saysSo() {
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> RunLock.acquire(directory.resolve("gone/lock"), "prune"));
    assertThat(failure).hasMessageContaining("gone");
  }

  private BackupException refusal() {
    return catchThrowableOfType(BackupException.class, () -> RunLock.acquire(file, "prune"));
  }

  private String anotherProcessHears() throws IOException {
    try (Companion other = Companion.java(LockHolder.class, file)) {
      return other.hear();
    }
  }
}
