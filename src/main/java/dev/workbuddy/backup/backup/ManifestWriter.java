package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a finished pack in a manifest, with the code that was there when it was taken. */
final class ManifestWriter {
  private final Manifest.Tool tool;
  private final String host;
  private final Settings settings;

  ManifestWriter(Manifest.Tool tool, String host, Settings settings) {
    this.tool = tool;
    this.host = host;
    this.settings = settings;
  }

  /** The manifest, with no alarms yet. */
  Manifest describe(SnapshotId id, OwnHistory history, BackupRequest request, PackResult result) {
    Provenance code = Provenance.of(settings.configDir());
    Map<String, Integer> versions = new LinkedHashMap<>();
    Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    Map<String, Manifest.Database> entries = new LinkedHashMap<>();
    for (PackedDatabase saved : result.databases()) {
      versions.put(saved.vital().name(), saved.inspection().userVersion());
      rows.put(saved.vital().name(), saved.inspection().rowCounts());
      entries.put(saved.vital().name(), saved.manifestEntry());
    }
    return new Manifest(
        Manifest.VERSION,
        id.time().toString(),
        host,
        code.version(),
        code.commit(),
        code.branch(),
        code.dirty(),
        versions,
        rows,
        tool,
        request.manual(),
        request.agent(),
        request.label(),
        settings.dbDirName(),
        entries,
        result.missing(),
        result.skewMillis(),
        List.of(),
        request.takenBefore(),
        history.identity().identity(),
        history.nextSequence());
  }
}
