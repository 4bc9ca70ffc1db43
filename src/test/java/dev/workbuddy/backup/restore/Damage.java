package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarConstants;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be wrong with a snapshot: how it gets so, and what the user is told. */
@SuppressWarnings("ImmutableEnumChecker") // The deeds are functions without state.
enum Damage {
  CUT_SHORT(ErrorCode.CHECKSUM_MISMATCH, ".tar.gz", SnapshotEditor::cutShort),
  CUT_SHORT_WITH_FITTING_SUMS(
      ErrorCode.ARCHIVE_DAMAGED,
      ".tar.gz",
      editor -> {
        editor.cutShort();
        editor.recomputeSums();
      }),
  TARBALL_EMPTY(
      ErrorCode.ARCHIVE_DAMAGED,
      ".tar.gz",
      editor -> {
        Files.write(editor.tarball(), new byte[0]);
        editor.recomputeSums();
      }),
  TARBALL_GONE(ErrorCode.ARCHIVE_DAMAGED, ".tar.gz", editor -> Files.delete(editor.tarball())),

  SUMS_GONE(ErrorCode.CHECKSUM_MISMATCH, "SHA256SUMS", editor -> Files.delete(editor.sums())),
  SUMS_EMPTY(ErrorCode.CHECKSUM_MISMATCH, "SHA256SUMS", editor -> sums(editor, text -> "")),
  SUMS_ARE_NONSENSE(
      ErrorCode.CHECKSUM_MISMATCH, "SHA256SUMS", editor -> sums(editor, text -> text + "\0\u00ff")),
  SUM_OF_THE_TARBALL_WRONG(
      ErrorCode.CHECKSUM_MISMATCH,
      ".tar.gz",
      editor -> sums(editor, text -> (text.charAt(0) == '0' ? '1' : '0') + text.substring(1))),
  SUMS_DO_NOT_COVER_THE_MANIFEST(
      ErrorCode.CHECKSUM_MISMATCH,
      "MANIFEST.json",
      editor -> sums(editor, text -> text.lines().findFirst().orElseThrow() + "\n")),

  MANIFEST_BESIDE_EDITED(
      ErrorCode.CHECKSUM_MISMATCH, "MANIFEST.json", editor -> beside(editor, "evil-host")),
  MANIFEST_BESIDE_EDITED_WITH_FITTING_SUMS(
      ErrorCode.MANIFEST_DAMAGED,
      "manifest",
      editor -> {
        beside(editor, "evil-host");
        editor.recomputeSums();
      }),
  MANIFEST_BESIDE_LENGTHENED_WITH_FITTING_SUMS(
      ErrorCode.MANIFEST_DAMAGED,
      "manifest",
      editor -> {
        beside(editor, "a host with a longer name");
        editor.recomputeSums();
      }),
  MANIFEST_IS_NO_JSON(
      ErrorCode.MANIFEST_DAMAGED,
      "manifest",
      editor -> editor.repack("{ \"manifest_version\": 1,".getBytes(StandardCharsets.UTF_8))),
  MANIFEST_IS_A_LIST(
      ErrorCode.MANIFEST_DAMAGED,
      "manifest",
      editor -> editor.repack("[]".getBytes(StandardCharsets.UTF_8))),
  MANIFEST_OF_A_LATER_VERSION(
      ErrorCode.MANIFEST_VERSION_UNKNOWN,
      "version 99",
      editor -> editor.editManifest(manifest -> manifest.put("manifest_version", 99))),
  MANIFEST_OF_ANOTHER_DAY(
      ErrorCode.MANIFEST_DAMAGED,
      "2001-02-03T04:05:06Z",
      editor -> editor.editManifest(m -> m.put("snapshot_ts", "2001-02-03T04:05:06Z"))),
  MANIFEST_GONE(
      ErrorCode.MANIFEST_DAMAGED, "MANIFEST.json", editor -> Files.delete(editor.manifest())),
  MANIFEST_INSIDE_GONE(
      ErrorCode.ARCHIVE_DAMAGED, "MANIFEST.json", editor -> editor.remove(Manifest.FILE_NAME)),

  ROW_COUNT_TOO_HIGH(
      ErrorCode.ROW_COUNTS_DIFFER,
      "item has 60 rows",
      editor -> editor.editManifest(m -> tables(m).put("item", 61))),
  ROW_COUNT_NULL(
      ErrorCode.MANIFEST_DAMAGED,
      "tasks",
      editor -> editor.editManifest(m -> tables(m).putNull("item"))),
  MISSING_DATABASE_WITHOUT_A_NAME(
      ErrorCode.MANIFEST_DAMAGED,
      "missing",
      editor -> editor.editManifest(m -> ((ArrayNode) m.get("missing")).addObject())),
  TABLE_THAT_IS_NOT_THERE(
      ErrorCode.ROW_COUNTS_DIFFER,
      "ghost",
      editor -> editor.editManifest(m -> tables(m).put("ghost", 0))),
  TABLE_THAT_THE_MANIFEST_LACKS(
      ErrorCode.ROW_COUNTS_DIFFER,
      "item",
      editor -> editor.editManifest(m -> tables(m).remove("item"))),
  SCHEMA_VERSION_WRONG(
      ErrorCode.DATABASE_DAMAGED,
      "tasks",
      editor -> editor.editManifest(m -> ((ObjectNode) m.get("schema_versions")).put("tasks", 6))),
  SHA256_OF_A_DATABASE_WRONG(
      ErrorCode.CHECKSUM_MISMATCH,
      "tasks",
      editor -> editor.editManifest(m -> tasks(m).put("sha256", "0".repeat(64)))),
  DATABASE_IS_NO_DATABASE(
      ErrorCode.DATABASE_DAMAGED,
      "tasks",
      editor ->
          editor.replaceDatabase(
              "tasks", "no database".repeat(500).getBytes(StandardCharsets.UTF_8))),
  DATABASE_CUT_BEFORE_PACKING(
      ErrorCode.DATABASE_DAMAGED,
      "tasks",
      editor -> editor.replaceDatabase("tasks", Arrays.copyOf(editor.database("tasks"), 3 * 4096))),
  DATABASE_PAGE_OVERWRITTEN_BEFORE_PACKING(
      ErrorCode.DATABASE_DAMAGED,
      "tasks",
      editor -> {
        byte[] content = editor.database("tasks");
        Arrays.fill(content, 2 * 4096, 3 * 4096, (byte) 0x5a);
        editor.replaceDatabase("tasks", content);
      }),
  DATABASE_NOT_INSIDE(
      ErrorCode.ARCHIVE_DAMAGED, "projects.db", editor -> editor.remove(Site.PROJECTS.path())),

  CLIMBING_NAME(
      ErrorCode.ARCHIVE_UNSAFE, "../evil", editor -> editor.add("../evil", new byte[] {1})),
  ABSOLUTE_NAME(
      ErrorCode.ARCHIVE_UNSAFE,
      "/tmp/wb-backup-evil",
      editor -> editor.add("/tmp/wb-backup-evil", new byte[] {1})),
  NAME_OF_NOBODY(ErrorCode.ARCHIVE_UNSAFE, "extra", editor -> editor.add("extra", new byte[10])),
  SIDE_FILE_OF_A_DATABASE(
      ErrorCode.ARCHIVE_UNSAFE,
      "-wal",
      editor -> editor.add(Site.TASKS.path() + "-wal", new byte[10])),
  NAME_TWICE(
      ErrorCode.ARCHIVE_UNSAFE,
      "projects.db",
      editor -> editor.add(Site.PROJECTS.path(), new byte[10])),
  SYMBOLIC_LINK(
      ErrorCode.ARCHIVE_UNSAFE,
      "projects.db",
      editor -> editor.replaceByLink("projects", "/etc/passwd")),
  LINK_IN_A_PATH(
      ErrorCode.ARCHIVE_UNSAFE,
      "link",
      editor -> editor.addLink("link", TarConstants.LF_SYMLINK, "/tmp")),
  HARD_LINK(
      ErrorCode.ARCHIVE_UNSAFE,
      "link",
      editor -> editor.addLink("link", TarConstants.LF_LINK, "/etc/passwd")),
  DEVICE(
      ErrorCode.ARCHIVE_UNSAFE,
      "device",
      editor -> editor.addLink("device", TarConstants.LF_CHR, "")),
  MORE_BYTES_THAN_DECLARED(
      ErrorCode.ARCHIVE_UNSAFE, "task_metadata.db", editor -> editor.lengthen("tasks")),
  FEWER_BYTES_THAN_DECLARED(
      ErrorCode.ARCHIVE_DAMAGED,
      "task_metadata.db",
      editor -> editor.editManifest(m -> tasks(m).put("bytes", 10_000_000))),
  CLIMBING_NAME_IN_THE_MANIFEST(
      ErrorCode.MANIFEST_DAMAGED,
      "../evil",
      editor -> editor.editManifest(m -> tasks(m).put("file", "../evil")));

  interface Deed {
    void to(SnapshotEditor editor) throws IOException;
  }

  /** What the user is told: the error that a restore ends with. */
  final ErrorCode code;

  /** And what the message names. */
  final String named;

  @SuppressWarnings("ImmutableEnumChecker") // The deeds above hold nothing.
  final transient Deed deed;

  Damage(ErrorCode code, String named, Deed deed) {
    this.code = code;
    this.named = named;
    this.deed = deed;
  }

  private static void sums(SnapshotEditor editor, Function<String, String> edit)
      throws IOException {
    Files.writeString(editor.sums(), edit.apply(Files.readString(editor.sums())));
  }

  private static void beside(SnapshotEditor editor, String host) throws IOException {
    String text = Files.readString(editor.manifest());
    Files.writeString(editor.manifest(), text.replace("test-host", host));
  }

  private static ObjectNode tables(ObjectNode manifest) {
    return (ObjectNode) manifest.get("row_counts").get("tasks");
  }

  private static ObjectNode tasks(ObjectNode manifest) {
    return (ObjectNode) manifest.get("databases").get("tasks");
  }
}
