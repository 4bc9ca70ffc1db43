package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history, and a store, from before there were identities. */
@SuppressWarnings("NullAway.Init") // Made before each test.
class IdentitiesTest {
  private static final String HERE = "snap-2026-05-01T10-00-00Z";
  private static final String OF_ITS_TWIN = "snap-2026-05-02T10-00-00Z";

  @TempDir private Path root;
  private final ObedientClock clock = new ObedientClock("2026-05-12T12:00:00Z");
  private final Machine machine = Machines.of("host", clock, clock);
  private Settings settings;
  private Path place;
  private StoredSnapshot here;

  /** Another machine of the same name, with the same directory, has pushed to the same place. */
  @BeforeEach
  void earlierVersion() throws Exception {
    Path dataRoot = Files.createDirectories(root.resolve("data"));
    settings =
        new Settings(
            root,
            dataRoot,
            dataRoot.resolve("db"),
            Duration.ofHours(1),
            List.of(new VitalDatabase("notes", "notes.db", null)),
            Compression.GZIP,
            RetentionSettings.defaults());
    place = Files.createDirectory(root.resolve("place"));
    here = new Snapshots(settings.backupsDir(), 1).complete(HERE, 3_000);
    push(here);
    push(new Snapshots(root.resolve("twin"), 2).complete(OF_ITS_TWIN, 3_000));
  }

  private Pushed push(StoredSnapshot snapshot) throws Exception {
    return remote().push(snapshot, Progress.silent()).orThrow();
  }

  private Remote remote() throws Exception {
    RemoteContext context =
        RemoteContext.of(machine, settings, Files.createTempDirectory(root, "scratch"));
    return FolderRemotes.directory(place, Optional.empty(), context);
  }

  @Test
  void ensure_historyWithoutIdentity_ownsWhatIsHereAndNoCopyOfItsTwin() throws Exception {
    Identity identity = new Identities(settings, machine).ensure(new ArrayList<>());

    assertThat(identity.owns(here)).isTrue();
    assertThat(remote().list().orThrow().ours())
        .extracting(RemoteSnapshot::id)
        .containsExactly(SnapshotId.parse(HERE).orElseThrow());
    assertThat(new Identities(settings, machine).ensure(new ArrayList<>())).isEqualTo(identity);
    assertThat(new IdentityFile(settings.backupsDir()).read()).contains(identity);
  }

  @Test
  void push_afterwards_goesBesideWhatIsNotItsOwn() throws Exception {
    Identity identity = new Identities(settings, machine).ensure(new ArrayList<>());
    StoredSnapshot next = new Snapshots(root.resolve("next"), 3).complete(OF_ITS_TWIN, 3_000);

    Pushed pushed = push(next);

    assertThat(pushed.snapshot().namespace()).isEqualTo("host-" + identity.mark());
    assertThat(remote().list().orThrow().snapshots()).hasSize(3);
  }
}
