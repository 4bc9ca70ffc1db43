package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.catalog.Remotes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether anything leaves this machine: what breaks its disk takes data and snapshots alike. */
final class SecondPlace {
  static final String ID = "second_place";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID,
          "Copies in a second place",
          true,
          site -> Optional.of(new SecondPlace(site).declared()));

  private static final String ALONE =
      "nothing leaves this machine: the snapshots lie on the disk of the data";

  private final HealthContext site;

  private SecondPlace(HealthContext site) {
    this.site = site;
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        new Preference(Preference.Choice.WANTED, null),
        List.of(),
        List.of(new Check("places", this::places)),
        List.of(Link.hard(Configuration.ID)));
  }

  /** A place is one once something has arrived there. */
  private Finding arrived(List<String> places) {
    Set<String> reached =
        site.lastRun().record().map(run -> run.remotesLastGood().keySet()).orElse(Set.of());
    String names = String.join(", ", places);
    return places.stream().anyMatch(reached::contains)
        ? Finding.ok(names)
        : Finding.warning(
            "nothing has arrived yet in " + names, "`wb-backup push latest` says why, or does it.");
  }

  /** How well each of them does, its own component tells. */
  private Finding places() {
    List<Remote> open = Remotes.configured(PushGate.wanted(site.settings()), site.context());
    if (!open.isEmpty()) {
      return arrived(open.stream().map(Remote::name).toList());
    }
    return site.settings().remotes().hasNone()
        ? Finding.warning(
            ALONE,
            "`wb-backup doctor --fix repo-configured` makes a private repository for copies;"
                + " docs/remotes.md has other places.")
        : Finding.warning(
            ALONE + ", since the places that are configured are unwanted",
            "`wb-backup doctor --prefer github_backups=wanted` (rclone_backups, directory_backups)"
                + " lets copies go there again.");
  }
}
