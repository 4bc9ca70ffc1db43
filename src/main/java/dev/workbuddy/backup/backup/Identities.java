package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.runs.RunHistory;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Home;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sees to it that a data root has an identity before anything is written for it. */
final class Identities {
  private static final int DIGITS = 32;

  /** What a machine was called whose name nobody could look up. */
  private static final String NAMELESS = "localhost";

  private final Settings settings;
  private final Machine machine;
  private final LocalStore store;
  private final IdentityFile file;

  Identities(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.store = new LocalStore(settings.backupsDir());
    this.file = new IdentityFile(settings.backupsDir());
  }

  /** Whose history it is; empty as long as nothing was written for it. */
  Optional<Identity> known() {
    return file.read();
  }

  /**
   * Whose history it is. The run lock is held.
   *
   * @param warnings what the user should know is added to them
   */
  Identity ensure(List<String> warnings) throws IOException {
    Optional<Identity> known = known();
    if (known.isPresent()) {
      return known.get();
    }
    List<StoredSnapshot> snapshots = store.list();
    Identity identity =
        new Identity(
            recorded(snapshots).orElseGet(this::made),
            List.of(),
            earlier(snapshots),
            home(),
            machine.clock().instant());
    file.write(identity).ifPresent(warnings::add);
    return identity;
  }

  /** One that begins now; nothing is written. */
  Identity begin() throws IOException {
    return new Identity(made(), List.of(), null, home(), machine.clock().instant());
  }

  /**
   * Where the history was before, if this is most likely a copy of the data root there. From then
   * on it is known to be here. The run lock is held.
   */
  Optional<Home> copiedFrom(Identity identity) throws IOException {
    Home here = home();
    Home before = identity.home();
    if (!here.equals(before)) {
      Optional<String> _ = file.write(identity.at(here));
    }
    return Optional.ofNullable(before).filter(known -> !here.isSameAs(known));
  }

  private Home home() throws IOException {
    return Home.of(machine.host(), settings.backupsDir());
  }

  /** Like {@code ensure}, but takes the run lock itself. */
  void ensureUnlocked() throws IOException {
    if (known().isEmpty()) {
      try (RunLock _ = RunLock.acquire(settings.lockFile(), "give this history an identity")) {
        Identity _ = ensure(new ArrayList<>());
      }
    }
  }

  /**
   * That of the last snapshot that a run took here: the file may have been lost. What was only
   * fetched here does not tell.
   */
  private Optional<String> recorded(List<StoredSnapshot> snapshots) throws IOException {
    Set<String> taken =
        new RunHistory(settings.backupsDir())
            .read().stream()
                .map(RunRecord::snapshotId)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    return snapshots.stream()
        .filter(snapshot -> taken.contains(snapshot.id().toString()))
        .flatMap(snapshot -> snapshot.readManifest().map(Manifest::identity).stream())
        .findFirst();
  }

  /** With the place as well: machines that start from one image may draw the same numbers. */
  private String made() {
    StringBuilder seed = new StringBuilder(settings.dataRoot().toAbsolutePath() + machine.host());
    seed.append(machine.clock().instant());
    for (int i = 0; i < 4; i++) {
      seed.append(machine.random().nextLong());
    }
    return Checksums.mark(seed.toString(), DIGITS);
  }

  /** What this machine took when snapshots had no identity; others' were fetched here. */
  private Identity.@Nullable Earlier earlier(List<StoredSnapshot> snapshots) {
    List<StoredSnapshot> own = snapshots.stream().filter(this::isEarlier).toList();
    return own.stream()
        .findFirst()
        .flatMap(newest -> newest.readManifest().map(Manifest::host))
        .map(host -> Origin.of(host, settings.dataRoot().toAbsolutePath()).mark())
        .map(
            mark ->
                new Identity.Earlier(
                    mark, own.stream().map(snapshot -> snapshot.id().toString()).toList()))
        .orElse(null);
  }

  private boolean isEarlier(StoredSnapshot snapshot) {
    return !snapshot.isOriginal()
        && snapshot
            .readManifest()
            .filter(manifest -> manifest.identity() == null)
            .filter(manifest -> isThisMachine(manifest.host()))
            .isPresent();
  }

  /** The name may include its domain, or be missing. */
  private boolean isThisMachine(String host) {
    return host.equals(NAMELESS) || firstLabel(host).equals(firstLabel(machine.host()));
  }

  private static String firstLabel(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }
}
