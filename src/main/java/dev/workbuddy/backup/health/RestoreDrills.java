package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.drill.DrillRequest;
import dev.workbuddy.backup.drill.DrillRestore;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Restores that were rehearsed: a copy that was never restored is only a hope. */
final class RestoreDrills {
  static final String ID = "restore_drills";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID, "Rehearsed restores", false, site -> Optional.of(new RestoreDrills(site).declared()));

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private final HealthContext site;
  private final Settings settings;

  private RestoreDrills(HealthContext site) {
    this.site = site;
    this.settings = PushGate.wanted(site.settings());
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        site.features().of(ID),
        List.of(
            new Requirement(
                "restore-rehearsed",
                "a restore was rehearsed",
                this::rehearsed,
                new Fixer.Programmatic(
                    "restore the newest snapshot of each place into a scratch directory, with every"
                        + " check",
                    false,
                    _ -> rehearse()))),
        checks(),
        List.of(Link.hard(Configuration.ID)));
  }

  private List<Check> checks() {
    List<Remote> remotes = Remotes.configured(settings, site.context());
    return remotes.isEmpty()
        ? List.of(new Check("restore from the history here", this::here))
        : remotes.stream()
            .map(remote -> new Check("restore from " + remote.name(), () -> from(remote)))
            .toList();
  }

  /** The checks say how well each place does; here only whether anything is to be done. */
  private Finding rehearsed() throws IOException, InterruptedException {
    for (Check check : checks()) {
      Finding finding = check.probe().look();
      if (!finding.isOk()) {
        return rehearsed(check.name() + ": " + finding.detail(), finding.next());
      }
    }
    return Finding.ok("");
  }

  /** What is not there cannot be restored. */
  private Finding rehearsed(String detail, String next) throws IOException {
    Finding lacking = Finding.warning(detail, next);
    return new LocalStore(settings.backupsDir()).list().isEmpty() && hasNoRemote()
        ? lacking.onlyByHand()
        : lacking;
  }

  private boolean hasNoRemote() {
    return Remotes.configured(settings, site.context()).isEmpty();
  }

  private FixResult rehearse() throws IOException, InterruptedException {
    DrillRequest request =
        new DrillRequest(null, SnapshotIdMatcher.LATEST, DrillRequest.History.WITHOUT_REMOTES);
    DrillResult result = new DrillRestore(settings, site.machine()).run(request, Progress.silent());
    return result.drills().stream()
        .flatMap(drill -> Stream.ofNullable(drill.error()))
        .findFirst()
        .map(error -> FixResult.failed(Sentences.join(error.message(), error.hint())))
        .orElseGet(() -> new FixResult(true, "the newest snapshots can be restored", List.of()));
  }

  private Finding from(Remote remote) {
    return judge(remote.name(), "`wb-backup drill` rehearses one now.");
  }

  private Finding here() throws IOException {
    return new LocalStore(settings.backupsDir()).list().isEmpty()
        ? Finding.unknown(
            "nothing was proven yet: there is no snapshot",
            "`wb-backup now` takes one, `wb-backup drill --local` restores it in a scratch place.")
        : judge(DrillRecord.LOCAL, "`wb-backup drill --local` rehearses one now.");
  }

  private Finding judge(String place, String next) {
    Drills drills = new DrillHistory(settings.backupsDir()).readIfPossible();
    Optional<DrillRecord> last = drills.last(place).filter(this::isCredible);
    Optional<DrillRecord> proven = drills.lastProven(place).filter(this::isCredible);
    if (last.isPresent() && last.get().error() != null) {
      return failed(last.get(), last.get().error(), next);
    }
    return proven
        .map(drill -> judge(drill, next))
        .orElseGet(() -> Finding.warning("no restore was ever proven", next));
  }

  /** A push since then may have mended the copy; only another rehearsal shows that. */
  private Finding failed(DrillRecord last, RunError error, String next) {
    String text = "the last rehearsal, %s ago, failed: %s".formatted(age(last), error.message());
    return pushedWell(last.place())
        .filter(last.at()::isBefore)
        .map(
            at ->
                Finding.failure(
                    "%s; a push there went well since, %s ago".formatted(text, age(at)),
                    "`wb-backup drill --from %s` shows whether it can be restored now."
                        .formatted(last.place())))
        .orElseGet(() -> Finding.failure(text, error.hint() + " Then " + next));
  }

  private Optional<Instant> pushedWell(String place) {
    return site.lastRun()
        .record()
        .flatMap(run -> Optional.ofNullable(run.remotesLastGood().get(place)))
        .map(LastGood::at);
  }

  private Finding judge(DrillRecord proven, String next) {
    String text =
        "proven %s ago with %s, in %s"
            .formatted(
                age(proven),
                proven.snapshotId(),
                Ages.text(Duration.ofMillis(proven.recoveryMillis())));
    Duration window = settings.drill().window();
    return Duration.between(proven.at(), site.now()).compareTo(window) > 0
        ? Finding.warning(text + "; expected every " + Ages.text(window), next)
        : Finding.ok(text);
  }

  /** One that is dated in the future says nothing about its age. */
  private boolean isCredible(DrillRecord drill) {
    return !drill.at().isAfter(site.now().plus(CLOCKS_DIFFER));
  }

  private String age(DrillRecord drill) {
    return age(drill.at());
  }

  private String age(Instant at) {
    return Ages.text(Duration.between(at, site.now()));
  }
}
