package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Snapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A place for copies, snapshots to push there, and what is done with them. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // A place is opened before each test.
public abstract class RemoteScene {
  static final String ID = "snap-2026-11-22T10-00-00Z";
  static final String OLDER = "snap-2026-11-20T10-00-00Z-manual";
  static final int SMALL = 3_000;
  static final int LARGE = 3_000_000;

  @TempDir protected Path scratch;
  protected final ObedientClock clock = new ObedientClock("2026-11-22T10:05:00Z");
  private final List<TestPlace> opened = new ArrayList<>();
  Snapshots snapshots;
  TestPlace place;

  /** A new and empty place; what it needs on disk goes below the directory. */
  protected abstract TestPlace open(Path directory) throws Exception;

  @BeforeEach
  void openPlace() throws Exception {
    place = open(Files.createDirectories(scratch.resolve("place")));
    opened.add(place);
    snapshots = new Snapshots(scratch.resolve("backups"), 42);
  }

  @AfterEach
  void closePlace() throws Exception {
    for (TestPlace each : opened) {
      each.close();
    }
  }

  protected RemoteContext context(String namespace) throws Exception {
    return context(namespace, RemoteContext.STANDARD_PART_BYTES);
  }

  protected RemoteContext context(String namespace, long partBytes) throws Exception {
    Path passing = Files.createDirectories(scratch.resolve("passing-" + namespace));
    return new RemoteContext(
        namespace,
        Origin.of(namespace, Path.of("/data")),
        System.getenv(),
        passing,
        clock,
        clock,
        new Random(7),
        partBytes);
  }

  protected Remote ours() throws Exception {
    return place.remote(context("this-machine"));
  }

  /** As the program does it: a server that locks a folder for a moment is asked again. */
  Pushed push(Remote remote, StoredSnapshot snapshot) throws Exception {
    return new RetryingRemote(remote, new RetryPolicy(clock, new Random(1)))
        .push(snapshot, Progress.silent())
        .orThrow();
  }

  static RemoteListing list(Remote remote) throws Exception {
    RemoteListing listing = remote.list().orThrow();
    assertThat(listing.gaps()).isEmpty();
    return listing;
  }

  static RemoteSnapshot only(Remote remote) throws Exception {
    List<RemoteSnapshot> all = list(remote).snapshots();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  Snapshots elsewhere() throws Exception {
    return new Snapshots(scratch.resolve("elsewhere/backups"), 1);
  }

  static StoredSnapshot fetch(Remote remote, RemoteSnapshot wanted, Snapshots into)
      throws Exception {
    return new Fetch(into.store()).run(remote, wanted, Progress.silent());
  }

  static void assertSame(StoredSnapshot fetched, StoredSnapshot original) throws Exception {
    Checksums.verify(fetched);
    assertThat(Listing.of(fetched.directory())).isEqualTo(Listing.of(original.directory()));
    for (String file : Listing.of(original.directory())) {
      assertThat(fetched.directory().resolve(file))
          .hasSameBinaryContentAs(original.directory().resolve(file));
    }
  }

  static void assertFailed(RemoteResult<?> result, RemoteFault expected) {
    assertThat(result).isInstanceOf(Failed.class);
    Failed<?> failed = (Failed<?>) result;
    assertThat(failed.fault()).as(failed.detail()).isEqualTo(expected);
    assertThat(failed.detail()).isNotBlank();
    assertThat(failed.hint()).isNotBlank();
  }
}
