package dev.workbuddy.backup.health;

import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.io.Mounts;
import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies wherever else the configuration names a place. */
final class FolderRemoteComponents {
  static final String RCLONE_ID = "rclone_backups";
  static final String DIRECTORY_ID = "directory_backups";

  static final ComponentDefinition RCLONE =
      new ComponentDefinition(
          RCLONE_ID, "Copies through rclone", false, FolderRemoteComponents::rclone);
  static final ComponentDefinition DIRECTORY =
      new ComponentDefinition(
          DIRECTORY_ID, "Copies in another directory", false, FolderRemoteComponents::directory);

  private FolderRemoteComponents() {}

  private static Optional<Component> rclone(HealthContext site) {
    return Optional.ofNullable(site.settings().remotes().rclone())
        .map(
            place ->
                component(
                    RCLONE,
                    site,
                    FolderRemotes.rclone(place, site.context(), memory(site)),
                    "rclone",
                    () -> tool(site)));
  }

  private static Finding tool(HealthContext site) {
    return Programs.find("rclone", site.machine().environment())
        .map(path -> Finding.ok(path.toString()))
        .orElseGet(
            () ->
                Finding.failure(
                    "the program rclone is not on the PATH",
                    "Install it (https://rclone.org/install/), then `rclone config`."));
  }

  private static Optional<Component> directory(HealthContext site) {
    RemoteSettings.Directory place = site.settings().remotes().directory();
    return Optional.ofNullable(place)
        .map(
            found ->
                component(
                    DIRECTORY,
                    site,
                    FolderRemotes.directory(
                        found.path(),
                        Optional.ofNullable(found.marker()),
                        site.context(),
                        memory(site)),
                    "directory",
                    () -> Finding.ok(found.path().toString())));
  }

  private static Component component(
      ComponentDefinition definition, HealthContext site, Remote remote, String kind, Probe near) {
    Requirement reachable =
        new Requirement(
            kind + "-reachable",
            remote.name() + " can be used",
            List.of(),
            near,
            Optional.of(new Requirement.RemoteProbe(remote.name(), () -> reach(site, remote))),
            new Fixer.None("See docs/remotes.md. " + RemoteListing.hint(remote.name())));
    return new Component(
        definition,
        site.features().of(definition.id()),
        List.of(reachable),
        List.of(new Check("freshness", () -> freshness(site, remote))),
        List.of(
            Link.hard(Configuration.ID), Link.soft(LocalSnapshots.ID, "what is there is pushed")));
  }

  private static PlaceMemory memory(HealthContext site) {
    return PlaceMemory.in(site.settings().backupsDir());
  }

  private static Finding reach(HealthContext site, Remote remote)
      throws IOException, InterruptedException {
    Finding reached = reach(site, remote.check());
    boolean there = reached.isOk() || reached.condition() == Condition.WARNING;
    return there ? damaged(site, remote).orElse(reached) : reached;
  }

  /** What lacks a part there; while somebody pushes, it may be on its way. */
  private static Optional<Finding> damaged(HealthContext site, Remote remote)
      throws IOException, InterruptedException {
    if (PushSnapshots.isGoingOn(site.settings(), remote.name())
        || !(remote.list() instanceof Ok<RemoteListing>(RemoteListing listing))) {
      return Optional.empty();
    }
    List<String> ids =
        listing.ours().stream()
            .filter(copy -> copy.state() == SnapshotState.DAMAGED)
            .map(copy -> copy.id().toString())
            .toList();
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "%s is damaged or unfinished there%s"
                    .formatted(
                        ids.getFirst(),
                        ids.size() > 1 ? ", and %d more".formatted(ids.size() - 1) : ""),
                "`wb-backup push %s` sends it again, if it is on this machine."
                    .formatted(ids.getFirst())));
  }

  private static Finding reach(HealthContext site, RemoteResult<Readiness> result)
      throws IOException {
    Path root = site.settings().dataRoot();
    return result instanceof Ok<Readiness>(Readiness ready) && isBeside(root, ready.local())
        ? Finding.warning(
            "%s lies on the same disk as the data root %s: what breaks that disk takes both"
                .formatted(ready.local(), root),
            "Choose a place on another disk, or off this machine.")
        : RemoteFindings.ofPlace(result);
  }

  private static boolean isBeside(Path root, @Nullable Path place) throws IOException {
    return place != null
        && Files.isDirectory(root)
        && Files.isDirectory(place)
        && Mounts.areOnOneDisk(root, place);
  }

  private static Finding freshness(HealthContext site, Remote remote) {
    return new Freshness(site.settings().cadence(), site.now())
        .judge(site.lastRun(), remote.name());
  }
}
