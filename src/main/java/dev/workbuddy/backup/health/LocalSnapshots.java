package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.SignalSettings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.restore.Recovery;
import dev.workbuddy.backup.restore.SwapObstacles;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.RecoveredRows;
import dev.workbuddy.backup.snapshot.RecoveredStore;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The snapshots on this machine, without which there is nothing else. */
final class LocalSnapshots {
  static final String ID = "local_snapshots";
  static final String DATA_ROOT = "data-root-writable";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID,
          "Snapshots on this machine",
          true,
          context -> Optional.of(new LocalSnapshots(context).declared()));

  /** For how long a snapshot of another program's counts as a sign that it still takes them. */
  private static final Duration LATELY = Duration.ofDays(1);

  private final HealthContext context;
  private final Settings settings;

  private LocalSnapshots(HealthContext context) {
    this.context = context;
    this.settings = context.settings();
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        new Preference(Preference.Choice.WANTED, null),
        new LocalRequirements(settings).requirements(),
        checks(),
        List.of(Link.hard(Configuration.ID)));
  }

  private List<Check> checks() {
    List<Check> checks =
        List.of(
            new Check("freshness", this::freshness),
            new Check("newest snapshot", this::newest),
            new Check("one program", this::oneProgram),
            new Check("soundness", this::soundness),
            new Check("recovered rows", this::recovered),
            new Check("alarms", this::alarms),
            new Check("restores", this::restores),
            new Check("live directory", this::swappable),
            new Check("own notes", () -> new OwnFiles(settings.backupsDir()).check()),
            new Check("other users", this::others));
    SignalSettings signals = settings.signals();
    return signals.equals(SignalSettings.NONE)
        ? checks
        : Stream.concat(Stream.of(new Check("being told", this::told)), checks.stream()).toList();
  }

  /** What hinders a restore that was cut short is in the way of the next one. */
  private Finding restores() throws IOException {
    return Recovery.isUnfinished(settings)
        ? Finding.warning(
            "a restore that was cut short is not tidied up",
            "`wb-backup list` tries again and says what hinders it; snapshots go on meanwhile.")
        : Finding.ok("none is unfinished");
  }

  /** Found before the day on which a restore is needed. */
  private Finding swappable() throws IOException {
    List<String> obstacles = SwapObstacles.foretell(settings.dbDir(), settings.databases());
    return obstacles.isEmpty()
        ? Finding.ok("a restore can replace " + settings.dbDir())
        : Finding.warning(
            obstacles.getFirst()
                + (obstacles.size() > 1 ? "; and %d more".formatted(obstacles.size() - 1) : ""),
            "Until then a restore is refused; `wb-backup restore latest --to DIR` works"
                + " meanwhile.");
  }

  private Finding others() {
    return new OthersMayWrite(settings, System.getProperty("user.name", "?")).look();
  }

  private Finding alarms() {
    List<Alarm> open = Alarms.open(settings.backupsDir());
    return open.isEmpty()
        ? Finding.ok(settings.guard().on() ? "none is open" : "the guard is off; none is open")
        : Finding.warning(
            open.getFirst().detail()
                + (open.size() > 1 ? ", and %d more".formatted(open.size() - 1) : ""),
            "`wb-backup alarms` shows what was lost and what to do; nothing is swept meanwhile.");
  }

  /** Warns a user who relies on notifications that some of them failed. */
  private Finding told() {
    List<String> troubles = context.lastRun().record().map(RunRecord::troubles).orElse(List.of());
    return troubles.isEmpty()
        ? Finding.ok("hooks, ping and metrics of the last run went well")
        : Finding.warning(
            troubles.getFirst()
                + (troubles.size() > 1 ? "; and %d more".formatted(troubles.size() - 1) : ""),
            "Correct backups.hooks, backups.ping_url or backups.metrics_file; `wb-backup now` tries"
                + " it again.");
  }

  private Finding freshness() {
    return new Freshness(settings.cadence(), context.now()).judge(context.lastRun());
  }

  /** They stay until somebody deletes them: a restore of a snapshot does not bring them back. */
  private Finding recovered() {
    RecoveredStore store = new RecoveredStore(settings.backupsDir());
    List<RecoveredRows> rows = store.list();
    return rows.isEmpty()
        ? Finding.ok("none: no damaged database was met")
        : new Finding(
            Condition.OK,
            rows.stream().map(RecoveredRows::text).collect(Collectors.joining("; ")),
            "Delete the directory when nobody needs them.");
  }

  /** An objection that stands costs no row, and only the application can mend it. */
  private Finding soundness() throws IOException {
    Optional<Manifest> newest =
        new LocalStore(settings.backupsDir())
            .list().stream().flatMap(snapshot -> snapshot.readManifest().stream()).findFirst();
    List<String> flagged =
        newest.map(Manifest::databases).orElse(Map.of()).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(
                entry ->
                    entry.getValue().objections().stream()
                        .map(
                            one ->
                                "%s: SQLite objects to %s: %s"
                                    .formatted(entry.getKey(), one.object(), one.text())))
            .toList();
    return flagged.isEmpty()
        ? Finding.ok(
            "SQLite objected to nothing when the newest snapshot was taken; `verify` also compares"
                + " index entries with rows")
        : new Finding(
            Condition.OK,
            flagged.getFirst()
                + (flagged.size() > 1 ? "; and %d more".formatted(flagged.size() - 1) : "")
                + ". Every row is saved",
            "`wb-backup show latest` tells all of it.");
  }

  /** What can be seen without unpacking; {@code verify} does that. */
  private Finding newest() throws IOException {
    List<StoredSnapshot> history = new LocalStore(settings.backupsDir()).list();
    if (history.isEmpty()) {
      return Finding.failure(
          "there is no snapshot in " + settings.backupsDir(), "Take one with `wb-backup now`.");
    }
    StoredSnapshot newest = history.getFirst();
    SnapshotState state = newest.state();
    return switch (state) {
      case COMPLETE -> damaged(history).orElseGet(() -> complete(newest, history));
      case INCOMPLETE ->
          Finding.warning(
              newest.id() + " lacks a database",
              "`wb-backup show %s` says which, and why.".formatted(newest.id()));
      case DAMAGED, UNKNOWN ->
          Finding.failure(
              "%s is %s: %s"
                  .formatted(
                      newest.id(),
                      state.word(),
                      Optional.ofNullable(newest.fault()).map(fault -> fault.text()).orElse("")),
              "Take another with `wb-backup now`; `wb-backup verify --all` looks at the others."
                  + Optional.ofNullable(newest.fault())
                      .map(fault -> " " + fault.hint())
                      .orElse(""));
    };
  }

  private static Finding complete(StoredSnapshot newest, List<StoredSnapshot> history) {
    return Finding.ok(newest.id() + " is complete; %d in all".formatted(history.size()));
  }

  /** An older one that is known to be damaged: here, or by the last verify. */
  private static Optional<Finding> damaged(List<StoredSnapshot> history) {
    List<StoredSnapshot> bad =
        history.stream().filter(each -> each.state() == SnapshotState.DAMAGED).toList();
    return bad.stream()
        .findFirst()
        .map(
            first ->
                Finding.warning(
                    "%s is damaged%s: %s"
                        .formatted(
                            first.id(),
                            bad.size() > 1 ? ", and so are %d more".formatted(bad.size() - 1) : "",
                            first.requireFault().text()),
                    first.requireFault().hint()));
  }

  /** Two programs that take snapshots into one history also sweep it, each by rules of its own. */
  private Finding oneProgram() throws IOException {
    List<StoredSnapshot> history = new LocalStore(settings.backupsDir()).list();
    Optional<Instant> began =
        history.stream()
            .filter(each -> !each.isOriginal())
            .map(each -> each.id().time())
            .min(Comparator.naturalOrder());
    Instant yesterday = context.now().minus(LATELY);
    return history.stream()
        .filter(each -> each.isOriginal() && each.id().time().isAfter(yesterday))
        .filter(each -> began.filter(each.id().time()::isAfter).isPresent())
        .findFirst()
        .map(
            theirs ->
                Finding.warning(
                    theirs.id()
                        + " was taken by the original work-buddy meanwhile: two programs take"
                        + " snapshots, and both sweep",
                    "Write `enabled: false` into its sidecar_jobs/data-backup.md, and let"
                        + " `wb-backup schedule install` take them."))
        .orElseGet(() -> Finding.ok("nobody else takes snapshots here"));
  }
}
