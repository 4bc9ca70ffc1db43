package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.remote.FolderRemotes;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteListing;
import java.util.List;
import java.util.Optional;

/** Copies wherever else the configuration names a place. */
final class OtherCopies {
  static final String RCLONE_ID = "rclone_backups";
  static final String DIRECTORY_ID = "directory_backups";

  static final Declaration RCLONE =
      new Declaration(RCLONE_ID, "Copies through rclone", false, OtherCopies::rclone);
  static final Declaration DIRECTORY =
      new Declaration(DIRECTORY_ID, "Copies in another directory", false, OtherCopies::directory);

  private OtherCopies() {}

  private static Optional<Component> rclone(Site site) {
    return Optional.ofNullable(site.settings().remotes().rclone())
        .map(
            place ->
                component(
                    RCLONE,
                    site,
                    FolderRemotes.rclone(place, site.context()),
                    "rclone",
                    () -> tool(site)));
  }

  private static Finding tool(Site site) {
    return Programs.find("rclone", site.machine().environment())
        .map(path -> Finding.ok(path.toString()))
        .orElseGet(
            () ->
                Finding.failure(
                    "the program rclone is not on the PATH",
                    "Install it (https://rclone.org/install/), then `rclone config`."));
  }

  private static Optional<Component> directory(Site site) {
    RemoteSettings.Directory place = site.settings().remotes().directory();
    return Optional.ofNullable(place)
        .map(
            found ->
                component(
                    DIRECTORY,
                    site,
                    FolderRemotes.directory(
                        found.path(), Optional.ofNullable(found.marker()), site.context()),
                    "directory",
                    () -> Finding.ok(found.path().toString())));
  }

  private static Component component(
      Declaration declaration, Site site, Remote remote, String kind, Probe near) {
    Requirement reachable =
        new Requirement(
            kind + "-reachable",
            remote.name() + " can be used",
            List.of(),
            near,
            Optional.of(
                new Requirement.Far(remote.name(), () -> RemoteFindings.of(remote.check()))),
            new Fixer.None("See docs/remotes.md. " + RemoteListing.hint(remote.name())));
    return new Component(
        declaration,
        site.features().of(declaration.id()),
        List.of(reachable),
        List.of(new Check("freshness", () -> freshness(site, remote))),
        List.of(
            Link.hard(Configuration.ID), Link.soft(LocalSnapshots.ID, "what is there is pushed")));
  }

  private static Finding freshness(Site site, Remote remote) {
    return new Freshness(site.settings().cadence(), site.now())
        .judge(site.lastRun(), remote.name());
  }
}
