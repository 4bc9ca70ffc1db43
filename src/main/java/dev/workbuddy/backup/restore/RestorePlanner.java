package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what a restore would do: which databases, to which places, over what. */
final class RestorePlanner {
  /** Below the live directory, with a directory for each snapshot: what is no database. */
  private static final String RESTORED_FILES = "restored_files";

  private final Settings settings;
  private final MigrationRunner runner;
  private final ArchiveReader archives;
  private final Path live;

  RestorePlanner(Settings settings, MigrationRunner runner, ArchiveReader archives) {
    this.settings = settings;
    this.runner = runner;
    this.archives = archives;
    this.live = LiveDirectory.of(settings).path();
  }

  /**
   * Changes nothing.
   *
   * @throws BackupException what a guard refuses, or what is found damaged
   */
  PreparedRestore prepare(RestoreRequest request, StoredSnapshot snapshot) throws IOException {
    SnapshotTimeCheck.require(snapshot);
    SnapshotContents contents = SnapshotContents.of(snapshot, settings.known(), archives);
    Selection selection = Selection.of(contents, settings, request);
    if (request.to() == null) {
      SwapObstacles.require(settings);
      requireOurs(request, snapshot);
    }
    List<String> code = code(request, snapshot);
    List<SnapshotContents.Item> items = selection.items();
    Schemas schemas = schemas(request, snapshot, items);
    List<RestorePlan.Planned> databases =
        items.stream()
            .map(item -> planned(item, request, schemas.climbs().get(item.name())))
            .toList();
    Map<String, String> beside = beside(contents, request, snapshot);
    requireApart(contents, databases, beside.values());
    List<String> files =
        Stream.concat(databases.stream().map(RestorePlan.Planned::file), beside.values().stream())
            .toList();
    Path to = request.to();
    RestorePlan plan =
        new RestorePlan(
            snapshot.id().toString(),
            snapshot.id().time().toString(),
            (to == null ? settings.dbDir() : to).toString(),
            to == null,
            databases,
            selection.missing(),
            beside,
            !contents.original(),
            to == null ? new CarriedFiles(live, files).files() : List.of(),
            Stream.of(
                    selection.words(),
                    chosenPlaces(items, request),
                    whose(snapshot),
                    warnings(request, contents, files),
                    code,
                    schemas.warnings())
                .flatMap(List::stream)
                .toList());
    return new PreparedRestore(plan, snapshot, contents, items, schemas.ladders());
  }

  /**
   * Files that are no databases go beside those in a directory of their own: only the application
   * knows where they belong. A user who chose databases did not ask for them.
   */
  private Map<String, String> beside(
      SnapshotContents contents, RestoreRequest request, StoredSnapshot snapshot) {
    if (!request.only().isEmpty()) {
      return Map.of();
    }
    contents.requireSoundBeside(contents.others().damage());
    String directory = request.to() == null ? RESTORED_FILES + "/" + snapshot.id() + "/" : "";
    Map<String, String> places =
        contents.beside().stream()
            .collect(Collectors.toMap(SnapshotContents.Beside::entry, f -> directory + f.entry()));
    if (request.to() == null) {
      places.values().stream().sorted().forEach(this::requireFree);
    }
    return places;
  }

  /** Where a directory is needed nothing else may be, nor a directory in a file's place. */
  private void requireFree(String file) {
    Path target = live.resolve(file);
    for (Path place = target; !place.equals(live); place = DurableFiles.parent(place)) {
      boolean isDirectory = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
      boolean unfit = place.equals(target) ? isDirectory : !isDirectory;
      if (unfit && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new BackupException(
            ErrorCode.IO_FAILED,
            "%s is in the way of the snapshot's other files: it is %s directory"
                .formatted(place, isDirectory ? "a" : "no"),
            "Move it away; or restore databases alone with --only.");
      }
    }
  }

  /** The snapshot's own names may clash with where its databases go. */
  private static void requireApart(
      SnapshotContents contents, List<RestorePlan.Planned> databases, Collection<String> beside) {
    for (RestorePlan.Planned database : databases) {
      String place = database.file();
      beside.stream()
          .filter(
              other ->
                  other.equals(place)
                      || other.startsWith(place + "/")
                      || place.startsWith(other + "/"))
          .sorted()
          .limit(1)
          .map(
              other ->
                  new Damage(
                      ErrorCode.ARCHIVE_UNSAFE,
                      "%s is in the way of the database %s"
                          .formatted(SafeText.line(other), database.name())))
          .forEach(clash -> contents.requireSoundBeside(List.of(clash)));
    }
  }

  private static List<String> ofOtherFiles(SnapshotContents contents, RestoreRequest request) {
    if (contents.beside().isEmpty()) {
      return List.of();
    }
    String first = contents.beside().getFirst().entry();
    int more = contents.beside().size() - 1;
    String what = first + (more == 0 ? "" : " and " + more + " more beside it");
    if (!request.only().isEmpty()) {
      return List.of(
          what
              + ", which the snapshot holds: left there; `--to DIR` without --only unpacks"
              + " everything");
    }
    return List.of(
        request.to() == null
            ? "%s: put into %s below the live directory; the application has to import it"
                .formatted(what, RESTORED_FILES)
            : what
                + ", which the snapshot holds: unpacked under names of their own; no database is in"
                + " them");
  }

  /** Guards today's code from data that it cannot read; a scratch directory is for looking. */
  private Schemas schemas(
      RestoreRequest request, StoredSnapshot snapshot, List<SnapshotContents.Item> items)
      throws IOException {
    SchemaGuard guard =
        new SchemaGuard(settings, runner, new KnownVersions(settings, runner, snapshot));
    return request.to() == null
        ? guard.intoLive(items, request.force(), request.migrate())
        : guard.asTheyAre(items);
  }

  private List<String> code(RestoreRequest request, StoredSnapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    return request.to() != null || manifest == null
        ? List.of()
        : new CodeGuard(settings.configDir()).check(manifest, request.force());
  }

  /** Two applications with one data root share one history; their data must not be mixed up. */
  private void requireOurs(RestoreRequest request, StoredSnapshot snapshot) {
    if (snapshot.isOfAnother(settings.dbDirName()) && !request.force()) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_OF_ANOTHER,
          "%s is of the live directory %s, not of %s"
              .formatted(
                  snapshot.id(),
                  snapshot.readManifest().map(Manifest::dbDir).orElse("?"),
                  settings.dbDirName()),
          "Choose another snapshot, or use --force if the directory was only renamed.");
    }
  }

  private RestorePlan.Planned planned(
      SnapshotContents.Item item, RestoreRequest request, @Nullable Migration migration) {
    String file = place(item, request);
    boolean replaces = request.to() == null && Files.exists(live.resolve(file));
    return new RestorePlan.Planned(
        item.name(), file, item.bytes(), item.rows(), item.schemaVersion(), replaces, migration);
  }

  /** Where the configuration wants the database today; else where the snapshot has it. */
  private String place(SnapshotContents.Item item, RestoreRequest request) {
    Optional<VitalDatabase> known = settings.database(item.name());
    if (known.isEmpty() && request.to() == null) {
      settings.requirePlace(item.name(), item.file());
    }
    return known.map(database -> place(database, item)).orElse(item.file());
  }

  /** Where the file is now; else where the snapshot had it, if the application may look there. */
  private String place(VitalDatabase database, SnapshotContents.Item item) {
    boolean there = Files.exists(database.in(settings.dbDir()));
    return !there && database.places().contains(item.file()) ? item.file() : database.path();
  }

  /** Of a choice that nothing but the snapshot could make. */
  private List<String> chosenPlaces(List<SnapshotContents.Item> items, RestoreRequest request) {
    return items.stream()
        .flatMap(
            item -> settings.database(item.name()).stream().flatMap(known -> chosen(known, item)))
        .filter(_ -> request.to() == null)
        .toList();
  }

  private Stream<String> chosen(VitalDatabase database, SnapshotContents.Item item) {
    return database.places().size() == 1 || Files.exists(database.in(settings.dbDir()))
        ? Stream.of()
        : Stream.of(
            "%s goes to %s; it may be at %s, and no file is there to tell which the application opens"
                .formatted(
                    database.name(),
                    place(database, item),
                    String.join(" or ", database.places())));
  }

  private List<String> whose(StoredSnapshot snapshot) {
    Optional<Identity> own = new IdentityFile(settings.backupsDir()).read();
    Manifest manifest = snapshot.manifest();
    if (manifest == null || snapshot.isOriginal()) {
      return List.of();
    }
    boolean tells = manifest.identity() != null || own.isPresent();
    return tells && own.filter(identity -> identity.owns(snapshot)).isEmpty()
        ? List.of(
            "%s is of another data root's history, taken on %s%s"
                .formatted(snapshot.id(), manifest.host(), nextStep(snapshot, manifest)))
        : List.of();
  }

  private static String nextStep(StoredSnapshot snapshot, Manifest manifest) {
    return manifest.identity() == null
        ? ""
        : "; if that one is lost, `wb-backup take-over %s` goes on with its history here"
            .formatted(snapshot.id());
  }

  private List<String> warnings(
      RestoreRequest request, SnapshotContents contents, List<String> files) {
    List<String> warnings = new ArrayList<>();
    if (contents.original()) {
      warnings.add("the original work-buddy wrote this snapshot: it has no checksums");
    }
    warnings.addAll(contents.remarks());
    warnings.addAll(ofOtherFiles(contents, request));
    contents.others().damage().stream()
        .map(found -> found.text() + "; the databases do not need it")
        .forEach(warnings::add);
    for (String file : request.to() == null ? files : List.<String>of()) {
      if (Files.isSymbolicLink(live.resolve(file))) {
        warnings.add(file + " is a symbolic link; a regular file takes its place");
      }
    }
    return warnings;
  }
}
