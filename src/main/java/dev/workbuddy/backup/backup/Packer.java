package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.backup.FrozenDatabases.Frozen;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.archive.ArchiveWriter;
import dev.workbuddy.backup.snapshot.archive.ArchivedFile;
import dev.workbuddy.backup.sqlite.CopyReport;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Inspector;
import dev.workbuddy.backup.sqlite.LiveDatabase;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Copies, inspects and packs the databases as a pipeline: while one is being packed the next ones
 * are copied and inspected. Only a copy that was found sound goes into the tarball.
 */
final class Packer {
  /** One waits for the disk while the other works; more would only make the first ones late. */
  private static final int AT_ONCE = 2;

  private final Inspector inspector = new Inspector();
  private final Path copies;
  private final Instant modified;
  private final CopyReader reader;
  private final SecondLooks looks;
  private final Duration busyTimeout;
  private final Progress progress;

  /**
   * For one snapshot.
   *
   * @param copies the directory for copies
   * @param busyTimeout how long to wait for a lock where a database is looked at again
   */
  Packer(
      Path copies,
      Instant modified,
      CopyReader reader,
      SecondLooks looks,
      Duration busyTimeout,
      Progress progress) {
    this.copies = copies;
    this.modified = modified;
    this.reader = reader;
    this.looks = looks;
    this.busyTimeout = busyTimeout;
    this.progress = progress;
  }

  private record Copied(
      Frozen source,
      Path copy,
      CopyReport report,
      Inspection inspection,
      CompletableFuture<Void> read) {}

  private static final class CopyFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient DatabaseProblem problem;

    CopyFailed(DatabaseProblem problem) {
      super(problem.detail());
      this.problem = problem;
    }
  }

  /** Packs what is sound; closes each database as soon as it is copied. */
  PackResult pack(FrozenDatabases databases, ArchiveWriter archive)
      throws IOException, InterruptedException {
    List<PackedDatabase> saved = new ArrayList<>();
    List<Manifest.Missing> missing = new ArrayList<>(databases.missing());
    try (ExecutorService copiers = Executors.newFixedThreadPool(AT_ONCE);
        ExecutorService inspectors = Executors.newFixedThreadPool(AT_ONCE)) {
      try {
        for (var entry : start(databases, copiers, inspectors).entrySet()) {
          packOne(entry.getKey(), entry.getValue(), archive, saved, missing);
        }
        for (FrozenDatabases.Unfrozen one : databases.unfrozen()) {
          packAgain(one.vital(), one.file(), one.problem(), archive, saved, missing);
        }
      } catch (Throwable e) {
        copiers.shutdownNow();
        inspectors.shutdownNow();
        throw e;
      }
    }
    return new PackResult(saved, missing);
  }

  private Map<Frozen, CompletableFuture<Copied>> start(
      FrozenDatabases databases, ExecutorService copiers, ExecutorService inspectors) {
    Map<Frozen, CompletableFuture<Copied>> pending = new LinkedHashMap<>();
    int number = 0;
    for (Frozen source : databases.inCopyOrder()) {
      Path copy = copies.resolve(++number + ".db");
      CompletableFuture<CopyReport> copied =
          CompletableFuture.supplyAsync(() -> copy(source, copy), copiers);
      CompletableFuture<Void> read =
          copied.thenRunAsync(() -> reader.read(source.vital().name(), copy), inspectors);
      pending.put(
          source, copied.thenApplyAsync(report -> inspect(source, copy, report, read), inspectors));
    }
    return pending;
  }

  private CopyReport copy(Frozen source, Path copy) {
    progress.checkpoint();
    progress.step("copying " + source.vital().name());
    try (var live = source.live()) {
      return live.copyTo(copy, copied -> {});
    } catch (UnusableDatabaseException e) {
      throw new CopyFailed(e.problem());
    }
  }

  private Copied inspect(
      Frozen source, Path copy, CopyReport report, CompletableFuture<Void> read) {
    try {
      Inspection inspection = inspector.inspect(copy, Inspector.Depth.QUICK);
      if (!inspection.isUsable()) {
        throw new CopyFailed(
            new DatabaseProblem(
                DatabaseProblem.Kind.CORRUPT,
                "quick_check found damage: " + SafeText.line(inspection.damage().getFirst())));
      }
      return new Copied(source, copy, report, inspection, read);
    } catch (UnusableDatabaseException e) {
      throw new CopyFailed(e.problem());
    }
  }

  private void packOne(
      Frozen source,
      CompletableFuture<Copied> pending,
      ArchiveWriter archive,
      List<PackedDatabase> saved,
      List<Manifest.Missing> missing)
      throws IOException, InterruptedException {
    VitalDatabase vital = source.vital();
    try {
      Copied copied = pending.join();
      progress.checkpoint();
      progress.step("packing " + vital.name());
      saved.add(archive(copied, archive));
      copied.read().join();
      Files.delete(copied.copy());
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case CopyFailed failed ->
            packAgain(vital, source.file(), failed.problem, archive, saved, missing);
        case null, default -> throw Boundary.unchecked(e.getCause());
      }
    }
  }

  /**
   * Copies a database once more, and again, where the problem may pass: the copy may show the file
   * in the middle of being written anew. It is then of a later moment than the others, which the
   * skew tells.
   */
  private void packAgain(
      VitalDatabase vital,
      Path file,
      DatabaseProblem first,
      ArchiveWriter archive,
      List<PackedDatabase> saved,
      List<Manifest.Missing> missing)
      throws IOException, InterruptedException {
    SeenFile seen = new SeenFile(file);
    DatabaseProblem problem = first;
    for (Duration pause : looks.mayPass(vital, first) ? SecondLooks.PAUSES : List.<Duration>of()) {
      if (!SecondLooks.goesOn(problem)) {
        break;
      }
      progress.checkpoint();
      looks.waiting().sleep(pause);
      seen.look();
      Path copy = Files.createTempDirectory(copies, "again").resolve("copy.db");
      try {
        Copied copied = copyAgain(vital, file, copy);
        saved.add(archive(copied, archive));
        Files.delete(copy);
        return;
      } catch (UnusableDatabaseException e) {
        problem = e.problem();
      } catch (CopyFailed e) {
        problem = e.problem;
      }
      Files.deleteIfExists(copy);
    }
    missing.add(FrozenDatabases.missing(vital, seen.told(problem)));
  }

  private Copied copyAgain(VitalDatabase vital, Path file, Path copy)
      throws UnusableDatabaseException {
    LiveDatabase live = LiveDatabase.open(file, busyTimeout);
    try (live) {
      live.freeze();
      Frozen source = new Frozen(vital, file, live);
      CopyReport report = copy(source, copy);
      Copied copied = inspect(source, copy, report, CompletableFuture.completedFuture(null));
      reader.read(vital.name(), copy);
      return copied;
    }
  }

  private PackedDatabase archive(Copied copied, ArchiveWriter archive) throws IOException {
    VitalDatabase vital = copied.source().vital();
    int mode = FileModes.of(copied.source().file());
    ArchivedFile archived = archive.addFile(vital.path(), copied.copy(), mode, modified);
    return new PackedDatabase(
        vital,
        copied.source().live().journalMode(),
        copied.report(),
        copied.inspection(),
        archived);
  }
}
