package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.runs.RemoteReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Which places snapshots are pushed to: to all that are configured and that the user did not call
 * unwanted. Whether this machine is set up for one is found by the push itself, so that the answer
 * depends on nothing that was found earlier.
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
  public record Closed(String remote, String reason, String hint) {
    public RemoteReport report() {
      return RemoteReport.unwanted(remote, reason, hint);
    }
  }

  /** A component with its part of the settings. */
  private record Place(String component, String kind, UnaryOperator<RemoteSettings> without) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(GithubBackups.ID, "github:", RemoteSettings::withoutGithub),
          new Place(FolderRemoteComponents.RCLONE_ID, "rclone:", RemoteSettings::withoutRclone),
          new Place(
              FolderRemoteComponents.DIRECTORY_ID, "directory:", RemoteSettings::withoutDirectory));

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

  static PushGate at(HealthContext site) {
    Settings settings = site.settings();
    List<Closed> closed = new ArrayList<>();
    for (Remote remote : Remotes.configured(settings, site.context())) {
      PLACES.stream()
          .filter(place -> remote.name().startsWith(place.kind()))
          .map(place -> new Closing(place.component(), settings.features().of(place.component())))
          .filter(closing -> closing.preference().is(Preference.Choice.UNWANTED))
          .forEach(closing -> closed.add(closing.of(remote.name())));
    }
    return new PushGate(wanted(settings), closed);
  }

  /** A component that is unwanted. */
  private record Closing(String component, Preference preference) {
    Closed of(String remote) {
      String reason = preference.reason();
      return new Closed(
          remote,
          component + " is unwanted" + (reason == null ? "" : " (" + reason + ")"),
          "`wb-backup doctor --prefer %s=wanted` changes that.".formatted(component));
    }
  }
}
