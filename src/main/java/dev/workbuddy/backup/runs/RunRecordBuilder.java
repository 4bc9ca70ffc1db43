package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record in the making, or with some of its values changed. */
final class RunRecordBuilder {
  private final boolean manual;
  private final Instant startedAt;
  private String status;
  private @Nullable RunError error;
  private @Nullable String phase;
  private @Nullable String snapshotId;
  private @Nullable Instant finishedAt;
  private long durationMillis;
  private long bytes;
  private long databaseBytes;
  private List<Manifest.Missing> missing;
  private List<String> swept;
  private List<Phase> phases;
  private List<RemoteReport> remotes;
  private List<HookReport> hooks;
  private List<Alarm> alarms;
  private List<String> warnings;
  private List<String> troubles;
  private @Nullable RunProcess process;
  private @Nullable LastGood lastGood;
  private Map<String, LastGood> remotesLastGood;
  private @Nullable Instant repairedAt;

  RunRecordBuilder(RunRecord record) {
    manual = record.manual();
    startedAt = record.startedAt();
    status = record.status();
    error = record.error();
    phase = record.phase();
    snapshotId = record.snapshotId();
    finishedAt = record.finishedAt();
    durationMillis = record.durationMillis();
    bytes = record.bytes();
    databaseBytes = record.databaseBytes();
    missing = record.missing();
    swept = record.swept();
    phases = record.phases();
    remotes = record.remotes();
    hooks = record.hooks();
    alarms = record.alarms();
    warnings = record.warnings();
    troubles = record.troubles();
    process = record.process();
    lastGood = record.lastGood().orElse(null);
    remotesLastGood = record.remotesLastGood();
    repairedAt = record.repairedAt();
  }

  /** For a run that begins. */
  RunRecordBuilder(boolean manual, Instant startedAt, RunProcess process) {
    this.manual = manual;
    this.startedAt = startedAt;
    this.process = process;
    status = RunRecord.RUNNING;
    missing = List.of();
    swept = List.of();
    phases = List.of();
    remotes = List.of();
    hooks = List.of();
    alarms = List.of();
    warnings = List.of();
    troubles = List.of();
    remotesLastGood = Map.of();
  }

  RunRecordBuilder status(String word) {
    status = word;
    return this;
  }

  RunRecordBuilder error(@Nullable RunError why) {
    error = why;
    return this;
  }

  RunRecordBuilder phase(@Nullable String name) {
    phase = name;
    return this;
  }

  RunRecordBuilder finished(Instant at, long millis) {
    finishedAt = at;
    durationMillis = millis;
    return this;
  }

  RunRecordBuilder snapshot(TakenSnapshot taken) {
    snapshotId = taken.id();
    bytes = taken.bytes();
    databaseBytes = taken.databaseBytes();
    missing = taken.missing();
    swept = taken.swept();
    return this;
  }

  RunRecordBuilder phases(List<Phase> all) {
    phases = all;
    return this;
  }

  RunRecordBuilder remotes(List<RemoteReport> reports) {
    remotes = reports;
    return this;
  }

  RunRecordBuilder hooks(List<HookReport> reports) {
    hooks = reports;
    return this;
  }

  RunRecordBuilder missing(List<Manifest.Missing> lacking) {
    missing = lacking;
    return this;
  }

  RunRecordBuilder alarms(List<Alarm> open) {
    alarms = open;
    return this;
  }

  RunRecordBuilder warnings(List<String> all) {
    warnings = all;
    return this;
  }

  RunRecordBuilder troubles(List<String> all) {
    troubles = all;
    return this;
  }

  RunRecordBuilder process(@Nullable RunProcess who) {
    process = who;
    return this;
  }

  RunRecordBuilder lastGood(@Nullable LastGood good) {
    lastGood = good;
    return this;
  }

  RunRecordBuilder remotesLastGood(Map<String, LastGood> all) {
    remotesLastGood = all;
    return this;
  }

  RunRecordBuilder repairedAt(@Nullable Instant moment) {
    repairedAt = moment;
    return this;
  }

  RunRecord build() {
    return new RunRecord(
        status,
        error,
        phase,
        snapshotId,
        manual,
        startedAt,
        finishedAt,
        durationMillis,
        bytes,
        databaseBytes,
        missing,
        swept,
        phases,
        remotes,
        hooks,
        alarms,
        warnings,
        troubles,
        process,
        lastGood == null ? null : lastGood.snapshotId(),
        lastGood == null ? null : lastGood.at(),
        remotesLastGood,
        repairedAt);
  }
}
