package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.VerifyResult.Unchecked;
import dev.workbuddy.backup.restore.VerifyResult.Verified;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.DamageMark;
import dev.workbuddy.backup.snapshot.FileStamp;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import dev.workbuddy.backup.sqlite.Soundness;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The use case of proving that snapshots can be restored: everything that a restore does, in a
 * scratch directory, without the swap. Snapshots can be taken meanwhile.
 */
public final class VerifySnapshots {
  private final Settings settings;
  private final InstantSource clock;
  private final LocalStore store;
  private final GoodCopies elsewhere;
  private final ArchiveReader archives =
      new ArchiveReader(Runtime.getRuntime().availableProcessors());

  public VerifySnapshots(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.store = new LocalStore(settings.backupsDir());
    this.elsewhere = new GoodCopies(settings.backupsDir(), clock);
  }

  /** Verifies the snapshot that the text means. */
  public VerifyResult one(String snapshot, Progress progress) throws IOException {
    StoredSnapshot found = new SnapshotFinder(store).find(snapshot);
    return locked(
        () -> new VerifyResult(List.of(verifyOne(found, progress)), List.of(), List.of()));
  }

  /**
   * Verifies every snapshot on this machine. Those that a sweep deletes meanwhile are skipped, and
   * one that cannot be looked at keeps no other from its result.
   */
  public VerifyResult all(Progress progress) throws IOException {
    List<StoredSnapshot> snapshots = store.list();
    return snapshots.isEmpty()
        ? new VerifyResult(List.of(), List.of(), List.of())
        : locked(() -> verifyAll(snapshots, progress));
  }

  private interface Work {
    VerifyResult run() throws IOException;
  }

  private VerifyResult locked(Work work) throws IOException {
    Path lockFile = store.directory().resolve("verify.lock");
    try (Closeable _ = RunLock.acquireToRead(lockFile, "verify snapshots")) {
      return work.run();
    }
  }

  private VerifyResult verifyAll(List<StoredSnapshot> snapshots, Progress progress) {
    List<Verified> verified = new ArrayList<>();
    List<Unchecked> unchecked = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (StoredSnapshot snapshot : snapshots) {
      progress.checkpoint();
      Optional<Verified> seen = look(snapshot, unchecked, progress);
      if (!Files.isDirectory(snapshot.directory())) {
        unchecked.removeIf(one -> one.snapshotId().equals(snapshot.id().toString()));
        skipped.add(snapshot.id().toString());
      } else {
        seen.ifPresent(verified::add);
      }
    }
    return new VerifyResult(verified, unchecked, skipped);
  }

  private Optional<Verified> look(
      StoredSnapshot snapshot, List<Unchecked> unchecked, Progress progress) {
    String id = snapshot.id().toString();
    try {
      return Optional.of(verifyOne(snapshot, progress));
    } catch (BackupException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      unchecked.add(new Unchecked(id, new Damage(e.code(), e.text())));
    } catch (IOException e) {
      unchecked.add(new Unchecked(id, new Damage(ErrorCode.IO_FAILED, IoMessages.of(e))));
    }
    return Optional.empty();
  }

  private Verified verifyOne(StoredSnapshot marked, Progress progress) throws IOException {
    StoredSnapshot snapshot = store.readUnmarked(marked.id(), marked.directory());
    Map<String, FileStamp> files = FileStamp.of(snapshot);
    progress.step("verifying " + snapshot.id());
    Instant started = clock.instant();
    Path scratch = scratch();
    List<Damage> damage = new ArrayList<>();
    List<Unpacked> unpacked = new ArrayList<>();
    try {
      collect(damage, () -> SnapshotTimeCheck.require(snapshot));
      collect(damage, () -> Checksums.verify(snapshot));
      collect(damage, () -> unpacked.add(unpack(snapshot, scratch, progress)));
    } finally {
      DurableFiles.deleteTree(scratch);
    }
    unpacked.forEach(all -> damage.addAll(all.damage()));
    String next = damage.isEmpty() ? null : elsewhere.next(snapshot);
    boolean sparesDatabases =
        unpacked.stream().anyMatch(all -> damage.size() == all.ofOthers().size());
    remember(snapshot, files, damage, sparesDatabases, next);
    return verified(snapshot, unpacked, damage, next, Duration.between(started, clock.instant()));
  }

  /**
   * While its files stay as they were before the look, every list calls it what it was found to be.
   * What cannot be written stays as is.
   */
  private void remember(
      StoredSnapshot snapshot,
      Map<String, FileStamp> files,
      List<Damage> damage,
      boolean sparesDatabases,
      @Nullable String next)
      throws IOException {
    Optional<Damage> first =
        damage.stream().filter(found -> found.code().status() == Status.DAMAGED).findFirst();
    if (snapshot.fault() != null || !Files.isWritable(snapshot.directory())) {
      return;
    }
    if (first.isPresent() && next != null) {
      Damage found = first.get();
      store.markDamaged(
          snapshot,
          new DamageMark(
              found.code(), found.text(), next, clock.instant(), sparesDatabases, files));
    } else if (damage.isEmpty()) {
      store.unmark(snapshot);
    }
  }

  /** Where the snapshots are, so that there is room; where nothing can be written, elsewhere. */
  private Path scratch() throws IOException {
    if (!Files.isWritable(store.directory())) {
      return Files.createTempDirectory("wb-backup-verify");
    }
    Path scratch = store.directory().resolve("verify.partial");
    DurableFiles.deleteTree(scratch);
    DurableFiles.createPrivateDirectory(scratch);
    return scratch;
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Goes on after damage, so that the report names all of it. */
  private static void collect(List<Damage> damage, Step step) throws IOException {
    try {
      step.run();
    } catch (BackupException e) {
      switch (e.code().status()) {
        case DAMAGED, REFUSED, USAGE -> damage.add(new Damage(e.code(), e.text()));
        default -> throw e;
      }
    }
  }

  /**
   * What came out of a tarball.
   *
   * @param ofOthers what is wrong with files that are no databases
   * @param remarks what else the snapshot lacks
   */
  private record Unpacked(
      List<CheckedDatabase> databases, List<Damage> ofOthers, List<String> remarks) {
    List<Damage> damage() {
      return Stream.concat(
              databases.stream().flatMap(database -> database.damage().stream()), ofOthers.stream())
          .toList();
    }

    Stream<String> warnings() {
      return Stream.concat(
          databases.stream().flatMap(database -> database.warnings().stream()), remarks.stream());
    }
  }

  private Unpacked unpack(StoredSnapshot snapshot, Path scratch, Progress progress)
      throws IOException {
    SnapshotContents contents = SnapshotContents.of(snapshot, settings.known(), archives);
    long bytes = contents.items().stream().mapToLong(SnapshotContents.Item::bytes).sum();
    Space.require(scratch, bytes, "verify " + snapshot.id());
    Unpacker unpacker = new Unpacker(snapshot, contents, contents.items(), true, progress);
    List<CheckedDatabase> checked = unpacker.run(archives, scratch);
    List<Damage> ofOthers =
        Stream.concat(contents.others().damage().stream(), unpacker.damage().stream()).toList();
    return new Unpacked(checked, ofOthers, contents.remarks());
  }

  private static Soundness soundness(List<CheckedDatabase> checked, List<Damage> damage) {
    return damage.isEmpty()
        ? checked.stream().map(CheckedDatabase::soundness).reduce(Soundness.SOUND, Soundness::and)
        : Soundness.UNUSABLE;
  }

  private static Verified verified(
      StoredSnapshot snapshot,
      List<Unpacked> unpacked,
      List<Damage> damage,
      @Nullable String next,
      Duration duration) {
    List<CheckedDatabase> checked =
        unpacked.stream().flatMap(all -> all.databases().stream()).toList();
    return new Verified(
        snapshot.id().toString(),
        damage.isEmpty(),
        soundness(checked, damage),
        checked.size(),
        checked.stream().mapToLong(database -> database.item().rows()).sum(),
        List.copyOf(damage),
        next,
        unpacked.stream().flatMap(Unpacked::warnings).toList(),
        duration.toMillis());
  }
}
