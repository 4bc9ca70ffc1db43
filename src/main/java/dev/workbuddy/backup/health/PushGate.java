package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.catalog.Remotes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which places snapshots are pushed to: not to one that the user does not want, nor to one that
 * they want but that is known to lack something. What nobody has spoken of is pushed to. Never asks
 * the network.
 *
 * @param settings the same settings without the places that are closed
 */
public record PushGate(Settings settings, List<Closed> closed) {

  public PushGate {
    closed = List.copyOf(closed);
  }

  /**
   * A place that nothing is pushed to.
   *
   * @param remote its name
   * @param reason why, in words that follow its name
   * @param hint what the user can do about it
   */
  public record Closed(String remote, String reason, String hint) {}

  /** A component with its part of the settings. */
  private record Place(String component, String kind, UnaryOperator<RemoteSettings> without) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(GithubBackups.ID, "github:", RemoteSettings::withoutGithub),
          new Place(OtherCopies.RCLONE_ID, "rclone:", RemoteSettings::withoutRclone),
          new Place(OtherCopies.DIRECTORY_ID, "directory:", RemoteSettings::withoutDirectory));

  /** The settings without the places that the user does not want. */
  public static Settings wanted(Settings settings) {
    RemoteSettings open = settings.remotes();
    for (Place place : PLACES) {
      if (settings.features().of(place.component()).is(Preference.Choice.UNWANTED)) {
        open = place.without().apply(open);
      }
    }
    return settings.withRemotes(open);
  }

  static PushGate at(Site site, Patience patience, Instant now) throws InterruptedException {
    List<Remote> remotes = Remotes.configured(site.settings(), site.context());
    FarMemory memory = FarMemory.open(site.settings().backupsDir());
    RemoteSettings open = site.settings().remotes();
    List<Closed> closed = new ArrayList<>();
    for (Component component : Declarations.at(site)) {
      for (Place place : PLACES) {
        Optional<Remote> remote =
            remotes.stream().filter(each -> each.name().startsWith(place.kind())).findFirst();
        if (remote.isPresent() && place.component().equals(component.id())) {
          Optional<Closed> why = why(remote.get().name(), component, patience, memory, now);
          open = why.isPresent() ? place.without().apply(open) : open;
          why.ifPresent(closed::add);
        }
      }
    }
    return new PushGate(site.settings().withRemotes(open), closed);
  }

  private static Optional<Closed> why(
      String remote, Component component, Patience patience, FarMemory memory, Instant now)
      throws InterruptedException {
    if (component.isUnwanted()) {
      String reason = component.preference().reason();
      return Optional.of(
          new Closed(
              remote,
              component.id() + " is unwanted" + (reason == null ? "" : " (" + reason + ")"),
              "`wb-backup doctor --prefer %s=wanted` changes that.".formatted(component.id())));
    }
    if (!component.preference().is(Preference.Choice.WANTED)) {
      return Optional.empty();
    }
    for (Requirement requirement : component.requirements()) {
      Finding known = known(requirement, patience, memory, now);
      if (known.isFailure()) {
        return Optional.of(
            new Closed(
                remote,
                "%s is not met: %s".formatted(requirement.id(), known.detail()),
                "`wb-backup doctor --fix %s` repairs it.".formatted(requirement.id())));
      }
    }
    return Optional.empty();
  }

  private static Finding known(
      Requirement requirement, Patience patience, FarMemory memory, Instant now)
      throws InterruptedException {
    Finding near = patience.look(requirement.near());
    return near.isOk()
        ? requirement
            .far()
            .flatMap(far -> memory.fresh(Examination.key(requirement.id(), far), now))
            .orElse(near)
        : near;
  }
}
