package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares each new snapshot with those before it and raises alarms. Reads nothing but manifests.
 * Requires the run lock.
 */
public final class Guard {
  private static final int NAMED = 3;

  private final GuardSettings settings;
  private final LocalStore store;
  private final AlarmFile file;

  /** For one history. */
  public Guard(GuardSettings settings, LocalStore store) {
    this.settings = settings;
    this.store = store;
    this.file = new AlarmFile(store.directory());
  }

  /**
   * Judges a snapshot that is about to be published; changes nothing.
   *
   * @param stored the whole local history, the one that was taken last first
   * @param identity whose it is
   * @param seen the new one's manifest
   */
  public GuardResult judge(
      List<StoredSnapshot> stored, Identity identity, SnapshotId id, Manifest seen) {
    History history = History.of(stored, identity::owns);
    AlarmLog known = remembered(history, id);
    if (!settings.on()) {
      return new GuardResult(known, List.of(), List.of());
    }
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    states(id, seen)
        .forEach(
            (database, now) -> {
              List<DatabaseState> past = past(database, history, known);
              Comparison.Result result =
                  new Comparison(settings)
                      .compare(database, now, past, table -> known.from(database, table));
              findings.addAll(result.findings());
              notes.addAll(result.notes());
            });
    seen.missing().forEach(lack -> lost(lack, history, known).ifPresent(findings::add));
    notes.addAll(restored(history, known, seen));
    notes.addAll(droppedOut(history, seen));

    AlarmUpdate update = new AlarmUpdate(id, states(id, seen), history);
    AlarmLog revised = known.withEach(update::of);
    List<Alarm> raised =
        findings.stream()
            .filter(finding -> revised.alarms().stream().noneMatch(finding::isSaidBy))
            .map(finding -> finding.raisedIn(id))
            .toList();
    return new GuardResult(revised.with(raised), raised, notes);
  }

  /**
   * Compares the first snapshot of a history with the last one of another that may have been here
   * before it, and writes down what looks lost.
   *
   * @param good what people call that last one
   * @return the alarms that were raised
   */
  public List<Alarm> comparePredecessor(
      Manifest before, String good, SnapshotId goodId, Manifest seen, SnapshotId id)
      throws IOException {
    AlarmLog known = file.read();
    Map<String, DatabaseState> now = states(id, seen);
    List<Finding> findings = new ArrayList<>();
    for (String database : new TreeMap<>(before.rowCounts()).keySet()) {
      Optional<DatabaseState> past = DatabaseState.in(before, good, goodId.time(), database);
      DatabaseState state = now.get(database);
      if (settings.on() && past.isPresent() && state != null) {
        Comparison.Result result =
            new Comparison(settings)
                .compare(
                    database, state, List.of(past.get()), table -> known.from(database, table));
        findings.addAll(result.findings());
      }
    }
    List<Alarm> raised =
        findings.stream()
            .map(finding -> finding.raisedIn(id))
            .filter(alarm -> !known.knows(alarm.id()))
            .toList();
    if (!raised.isEmpty()) {
      file.write(known.with(raised));
    }
    return raised;
  }

  /** The register, with what only the newest manifest knows: the file may have been lost. */
  private AlarmLog remembered(History history, SnapshotId id) {
    return file.read()
        .withUnknown(history.alarms())
        .withEach(alarm -> alarm.raisedIn().isEmpty() ? alarm.datedTo(id) : alarm);
  }

  private static Map<String, DatabaseState> states(SnapshotId id, Manifest seen) {
    Map<String, DatabaseState> states = new TreeMap<>();
    for (String database : seen.rowCounts().keySet()) {
      DatabaseState.in(seen, id.toString(), id.time(), database)
          .ifPresent(state -> states.put(database, state));
    }
    return states;
  }

  private static List<DatabaseState> past(String database, History history, AlarmLog register) {
    return BaselineReset.past(register.restarts().get(database), history.of(database)).stream()
        .filter(state -> !state.at().isBefore(register.from(database)))
        .toList();
  }

  private static Optional<Finding> lost(Manifest.Missing lack, History history, AlarmLog register) {
    List<DatabaseState> past = past(lack.database(), history, register);
    Optional<AlarmKind> kind = kind(lack.reason());
    return kind.isEmpty() || past.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.ofDatabase(
                kind.get(),
                lack.database(),
                past.getFirst().snapshot(),
                "could not be saved: " + lack.detail()));
  }

  /**
   * Reasons that tell of lost data; one that is locked or not readable is most likely all right.
   */
  private static Optional<AlarmKind> kind(String reason) {
    return switch (reason) {
      case "missing", "not-a-file", "empty" -> Optional.of(AlarmKind.DATABASE_MISSING);
      case "corrupt", "not-a-database" -> Optional.of(AlarmKind.DATABASE_CORRUPT);
      default -> Optional.empty();
    };
  }

  /** Says it once: the first snapshot after a restore is not compared with the one before it. */
  private static List<String> restored(History history, AlarmLog register, Manifest seen) {
    return new TreeMap<>(register.restarts())
        .entrySet().stream()
            .filter(restart -> seen.rowCounts().containsKey(restart.getKey()))
            .filter(restart -> !restart.getValue().isMended())
            .filter(
                restart ->
                    history.of(restart.getKey()).stream()
                        .limit(1)
                        .anyMatch(state -> !state.at().isAfter(restart.getValue().since())))
            .map(restart -> restored(restart.getKey(), restart.getValue().state()))
            .toList();
  }

  /** A database that the configuration named until now, and names no more, is saved no more. */
  private static List<String> droppedOut(History history, Manifest seen) {
    Set<String> gone = new TreeSet<>(history.databasesOfTheNewest());
    gone.removeAll(seen.rowCounts().keySet());
    seen.missing().forEach(lack -> gone.remove(lack.database()));
    return gone.isEmpty()
        ? List.of()
        : List.of(
            "the last snapshot had %s, which the configuration does not name any more: not saved"
                .formatted(String.join(", ", gone)));
  }

  private static String restored(String database, @Nullable DatabaseState state) {
    return state == null
        ? database + " was put back since the last snapshot: not compared with anything"
        : database + " was put back since the last snapshot: compared with " + state.snapshot();
  }

  /**
   * Writes the judgement down and holds the last good snapshots. To be called before the snapshot
   * is published, so that a run that dies in between has not forgotten its alarms.
   */
  public void record(GuardResult judgement) throws IOException {
    remember(judgement);
    Map<String, List<Alarm>> byGood =
        judgement.raised().stream()
            .filter(alarm -> alarm.goodSnapshot() != null)
            .collect(
                Collectors.groupingBy(
                    alarm -> Objects.requireNonNullElse(alarm.goodSnapshot(), ""),
                    TreeMap::new,
                    Collectors.toList()));
    for (StoredSnapshot snapshot : byGood.isEmpty() ? List.<StoredSnapshot>of() : store.list()) {
      List<Alarm> alarms = byGood.getOrDefault(snapshot.id().toString(), List.of());
      if (!alarms.isEmpty() && !snapshot.isHeld()) {
        store.hold(snapshot, new Hold(reason(alarms), Hold.GUARD, alarms.getFirst().raisedAt()));
      }
    }
  }

  /**
   * What lies in the file's place and cannot be moved must not stop the snapshot: it is an open
   * alarm itself, and the manifest tells of the others.
   */
  private void remember(GuardResult judgement) throws IOException {
    if (judgement.register().equals(file.read())) {
      return;
    }
    try {
      file.write(judgement.register());
    } catch (UnusableFileException inTheWay) {
      // The alarm about it is among those that the run reports.
    }
  }

  private static String reason(List<Alarm> alarms) {
    String subjects =
        alarms.stream().limit(NAMED).map(Alarm::subject).collect(Collectors.joining(", "));
    int more = alarms.size() - NAMED;
    return "last good one before the alarm about "
        + subjects
        + (more > 0 ? " and " + more + " more" : "");
  }
}
