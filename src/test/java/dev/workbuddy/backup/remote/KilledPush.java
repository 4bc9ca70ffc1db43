package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.testing.SuddenDeath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that pushes a snapshot and kills itself, as {@code kill -9} does, at the nth moment at
 * which the push tells how far it is or asks for the time. One that comes to its end prints how
 * many moments it had.
 */
public final class KilledPush {
  /** A moment that no push comes to. */
  static final int NEVER = Integer.MAX_VALUE;

  private KilledPush() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path history = DurableFiles.parent(directory);
    int moment = Integer.parseInt(arguments[1]);
    AtomicInteger left = new AtomicInteger(moment);
    InstantSource clock =
        () -> {
          SuddenDeath.countDown(left);
          return Instant.parse("2026-11-22T10:05:00Z");
        };
    Progress progress =
        new Progress() {
          @Override
          public void step(String what) {
            SuddenDeath.countDown(left);
          }

          @Override
          public void advance(long done, long total) {
            SuddenDeath.countDown(left);
          }
        };
    Map<String, String> environment = new HashMap<>(System.getenv());
    for (int i = 3; i + 1 < arguments.length; i += 2) {
      environment.put(arguments[i], arguments[i + 1]);
    }
    RemoteContext context =
        new RemoteContext(
            "this-machine",
            Origin.of("this-machine", Path.of("/data")),
            environment,
            Files.createTempDirectory(history.resolveSibling("."), "passing-"),
            clock,
            Sleeper.real(),
            new Random(),
            RemoteContext.STANDARD_PART_BYTES);
    SnapshotId id = SnapshotId.parse(directory.getFileName().toString()).orElseThrow();
    Remotes.named(arguments[2], context)
        .push(new LocalStore(history).read(id, directory), progress)
        .orThrow();
    System.out.println(moment - left.get());
  }
}
