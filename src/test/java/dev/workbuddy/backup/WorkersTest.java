package dev.workbuddy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import dev.workbuddy.backup.testing.ProgramClasses;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every thread has a boundary: what is thrown on it, an {@link Error} as well, reaches somebody.
 * Who begins work otherwise than by {@code io.Boundary} is named here, with how its errors are
 * heard.
 */
class WorkersTest {
  private static final Set<String> BEGINNINGS =
      Set.of(
          "execute",
          "submit",
          "invokeAll",
          "invokeAny",
          "start",
          "startVirtualThread",
          "unstarted",
          "supplyAsync",
          "runAsync",
          "thenApplyAsync",
          "thenRunAsync",
          "thenAcceptAsync",
          "handleAsync",
          "whenCompleteAsync");

  /** The classes that begin work, and why nothing thrown there is lost. */
  private static final Set<String> KNOWN =
      Set.of(
          "io.Boundary", // The boundary itself.
          "io.Subprocess", // Whoever asks for the output gets what reading it threw.
          "backup.Packer", // Futures, joined by the thread that packs.
          "backup.PushSnapshots", // Futures; each push makes a report of what it throws.
          "health.HealthCheckRun", // Futures, asked by the thread that examines.
          "health.ProbeTimeout", // A FutureTask, which the thread that waits asks.
          "signals.RunNotifications", // A FutureTask under a boundary.
          "remote.rclone.RcloneProof", // Futures, asked where the proof is made.
          "remote.rclone.RcloneStore", // Futures, asked where the proof is made.
          "restore.Staging", // A future, joined before the databases are placed.
          "restore.Unpacker", // Futures, joined when all is unpacked.
          "snapshot.archive.WorkerPool", // Futures, awaited by the stream's own thread.
          "migration.TopVersions", // Futures, asked by the thread that wants the versions.
          "query.AskingProcess", // Ends the process, and can do nothing else.
          "capability.DataHealth"); // The graph's background, begun by GraphCache at a boundary.

  @Test
  void workBeginsAtABoundary() {
    Set<String> found =
        ProgramClasses.all().stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(WorkersTest::beginsWork)
            .map(access -> outermost(access.getOriginOwner().getName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).isEqualTo(KNOWN);
  }

  private static boolean beginsWork(JavaAccess<?> access) {
    return BEGINNINGS.contains(access.getName())
        && (access.getTargetOwner().isAssignableTo(Thread.class)
            || access.getTargetOwner().isAssignableTo(Thread.Builder.class)
            || access.getTargetOwner().isAssignableTo(Executor.class)
            || access.getTargetOwner().isAssignableTo(ExecutorService.class)
            || access.getTargetOwner().isAssignableTo(CompletableFuture.class));
  }

  private static String outermost(String name) {
    String inner = name.substring(RoomsTest.ROOT.length() + 1);
    return inner.contains("$") ? inner.substring(0, inner.indexOf('$')) : inner;
  }
}
