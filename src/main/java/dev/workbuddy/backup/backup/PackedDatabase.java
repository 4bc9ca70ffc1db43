package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.archive.ArchivedFile;
import dev.workbuddy.backup.sqlite.CopyReport;
import dev.workbuddy.backup.sqlite.Inspection;

/** One database on its way into a snapshot: copied, inspected and packed. */
record PackedDatabase(
    VitalDatabase vital,
    String journalMode,
    CopyReport copy,
    Inspection inspection,
    ArchivedFile archived) {

  Manifest.Database manifestEntry() {
    return new Manifest.Database(
        vital.path(),
        archived.bytes(),
        archived.sha256(),
        inspection.pageSize(),
        inspection.pageCount(),
        journalMode,
        inspection.applicationId(),
        new Manifest.Copy(
            copy.strategy().word(), copy.millis(), copy.restarts(), copy.lockedMillis()),
        new Manifest.HighMarks(
            inspection.highMarks().sequences(),
            inspection.highMarks().rowids(),
            inspection.highMarks().documents()),
        inspection.objections(),
        inspection.unchecked());
  }

  BackupResult.Saved resultEntry() {
    return new BackupResult.Saved(
        vital.name(),
        vital.path(),
        archived.bytes(),
        inspection.rows(),
        inspection.userVersion(),
        copy.strategy().word(),
        inspection.objections(),
        inspection.unchecked());
  }
}
