package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The use case of rehearsing a restore: a snapshot is fetched from where it is kept and restored
 * into a scratch directory. Live data is not touched, and the application may run meanwhile.
 */
public final class DrillRestore {
  private static final String LOCK = "drill.lock";
  private static final String SCRATCH = "drill.partial";

  private final Settings settings;
  private final Machine machine;

  public DrillRestore(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
  }

  /**
   * Rehearses with one place after the other, and writes down what each came to.
   *
   * @throws BackupException {@code remote-unconfigured} where there is no place to prove, {@code
   *     lock-held} where another rehearsal is going on, {@code snapshot-id-invalid} for what cannot
   *     be an id
   */
  public DrillResult run(DrillRequest request, Progress progress)
      throws IOException, InterruptedException {
    new SnapshotFinder(new LocalStore(settings.backupsDir())).requirePossible(request.snapshot());
    DataRoot.prepare(settings);
    Path backups = settings.backupsDir();
    try (RunLock _ = RunLock.acquire(backups.resolve(LOCK), "rehearse a restore")) {
      Path scratch = backups.resolve(SCRATCH);
      try {
        List<DrillRecord> drills = new ArrayList<>();
        for (DrillSource source : sources(request, RemoteContext.of(machine, settings, scratch))) {
          empty(scratch);
          drills.add(rehearse(source, request, scratch, progress));
        }
        return new DrillResult(drills);
      } finally {
        DurableFiles.deleteTree(scratch);
      }
    }
  }

  private DrillRecord rehearse(
      DrillSource source, DrillRequest request, Path scratch, Progress progress)
      throws IOException, InterruptedException {
    progress.checkpoint();
    SmokeCommand smoke = new SmokeCommand(settings, machine.environment());
    DrillRecord drill =
        new DrillRun(settings, machine.clock(), smoke, source, scratch).run(request, progress);
    Optional<String> _ = new DrillHistory(settings.backupsDir()).add(drill);
    return drill;
  }

  /** Removes what a killed rehearsal left. */
  private static void empty(Path scratch) throws IOException {
    DurableFiles.deleteTree(scratch);
    DurableFiles.createPrivateDirectory(scratch);
  }

  private List<DrillSource> sources(DrillRequest request, RemoteContext context) {
    DrillSource history = new DrilledHistory(new LocalStore(settings.backupsDir()));
    if (request.from() != null) {
      return List.of(
          new DrilledRemote(settings, context, Remotes.find(request.from(), settings, context)));
    }
    if (request.history() == DrillRequest.History.ALONE) {
      return List.of(history);
    }
    List<Remote> remotes = Remotes.configured(settings, context);
    if (remotes.isEmpty() && request.history() == DrillRequest.History.LEFT_OUT) {
      throw new BackupException(
          ErrorCode.REMOTE_UNCONFIGURED,
          "no remote is configured, so there is no copy off this machine to rehearse with",
          "Configure one (docs/remotes.md), name one with --from, or use --local for the history"
              + " on this machine.");
    }
    return remotes.isEmpty()
        ? List.of(history)
        : remotes.stream()
            .<DrillSource>map(remote -> new DrilledRemote(settings, context, remote))
            .toList();
  }
}
