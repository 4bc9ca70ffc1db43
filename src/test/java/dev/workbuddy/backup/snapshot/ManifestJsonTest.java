package dev.workbuddy.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest is read as it was written, or refused as damaged; nothing else ever happens. */
class ManifestJsonTest {
  private static final String SPECIAL = "0{}[]\",:n-e.\\";
  private static final String FULL = text(Manifests.full());

  private static String text(Manifest manifest) {
    return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
  }

  private static Manifest read(String document) {
    return ManifestJson.read(document.getBytes(StandardCharsets.UTF_8), "the manifest");
  }

  static LongStream seeds() {
    return Seeds.of(50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_whatWasWritten_isTheSame(long seed) {
    Manifest manifest = Manifests.random(new Random(seed));
    byte[] document = ManifestJson.write(manifest);
    Manifest again = ManifestJson.read(document, "the manifest");
    assertThat(again).isEqualTo(manifest);
    assertThat(ManifestJson.write(again)).isEqualTo(document);
  }

  /** The file is a promise: snapshots written with it exist, and must stay readable. */
  @Test
  void write_fullManifest_isTheGoldenFile() throws IOException {
    byte[] golden = golden();
    assertThat(FULL).isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(ManifestJson.read(golden, "the golden manifest")).isEqualTo(Manifests.full());
  }

  private static byte[] golden() throws IOException {
    try (InputStream file = ManifestJsonTest.class.getResourceAsStream("MANIFEST.json")) {
      return Objects.requireNonNull(file, "the golden MANIFEST.json").readAllBytes();
    }
  }

  @Test
  void read_onlyTheOriginalsKeys_isAManifestWithoutTheRest() {
    Manifest manifest =
        read(
            """
            {"snapshot_ts": "2025-01-01T00:00:00+00:00", "host": "h", "manifest_version": 1,
             "work_buddy_version": null, "work_buddy_commit": "abc", "work_buddy_branch": "main",
             "work_buddy_dirty": false, "schema_versions": {"tasks": 10},
             "row_counts": {"tasks": {"task_metadata": 144}}}
            """);
    assertThat(manifest.rowCounts()).isEqualTo(Map.of("tasks", Map.of("task_metadata", 144L)));
    assertThat(manifest.tool()).isNull();
    assertThat(manifest.databases()).isEmpty();
    assertThat(manifest.isComplete()).isTrue();
  }

  @Test
  void read_unknownKeys_areIgnored() {
    String document =
        FULL.replaceFirst("\\{", "{ \"more\": [{\"deep\": [1, null]}], \"future\": null,")
            .replace("\"strategy\"", "\"mood\" : \"good\", \"strategy\"");
    assertThat(document).contains("mood", "future");
    assertThat(read(document)).isEqualTo(Manifests.full());
  }

  @ParameterizedTest
  @MethodSource("otherVersions")
  void read_versionOfTheFuture_isUnknownWhateverElseItHolds(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_VERSION_UNKNOWN);
              assertThat(e.text()).contains("the manifest", "99");
            });
  }

  static Stream<String> otherVersions() {
    return Stream.of(
        replaced("\"manifest_version\" : 1", "\"manifest_version\" : 99"),
        "{\"manifest_version\": 99}",
        "{\"manifest_version\": 99, \"databases\": 7}");
  }

  static Stream<Arguments> malformed() {
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("nothing", "");
    cases.put("white space", " \n");
    cases.put("no JSON", "dear diary");
    cases.put("array", "[]");
    cases.put("array of manifests", "[" + FULL + "]");
    cases.put("null", "null");
    cases.put("text", "\"manifest\"");
    cases.put("number", "1");
    cases.put("no keys", "{}");
    cases.put("cut off", FULL.substring(0, FULL.length() / 2));
    cases.put("last brace cut off", FULL.strip().substring(0, FULL.strip().length() - 1));
    cases.put("trailing garbage", FULL + "x");
    cases.put("a second document", FULL + FULL);
    cases.put("nested without end", "{\"manifest_version\": 1, \"x\": " + "[".repeat(100_000));
    cases.put("a number without end", "{\"manifest_version\": " + "1".repeat(100_000) + "}");
    cases.put("an exponent", "{\"manifest_version\": 1e999999999}");
    cases.put(
        "version as text", replaced("\"manifest_version\" : 1", "\"manifest_version\":\"1\""));
    cases.put("version is a fraction", replaced("_version\" : 1,", "_version\" : 1.5,"));
    cases.put("version is null", replaced("_version\" : 1,", "_version\" : null,"));
    cases.put("no time", replaced("\"snapshot_ts\"", "\"other\""));
    cases.put("time is null", replaced("\"2026-11-22T13:00:00Z\"", "null"));
    cases.put("no host", replaced("\"host\"", "\"other\""));
    cases.put("time is an object", replaced("\"2026-11-22T13:00:00Z\"", "{}"));
    cases.put("schema version is text", replaced("\"tasks\" : 10", "\"tasks\" : \"ten\""));
    cases.put("schema version is null", replaced("\"tasks\" : 10", "\"tasks\" : null"));
    cases.put("schema version is huge", replaced("\"tasks\" : 10", "\"tasks\" : 99999999999"));
    cases.put("row count is null", replaced("\"task_metadata\" : 144", "\"task_metadata\" : null"));
    cases.put(
        "row count is text", replaced("\"task_metadata\" : 144", "\"task_metadata\" : \"x\""));
    cases.put("row count is negative", replaced("_metadata\" : 144", "_metadata\" : -1"));
    cases.put("tables are a list", replaced("\"projects\" : { }", "\"projects\" : []"));
    cases.put("tables are null", replaced("\"projects\" : { }", "\"projects\" : null"));
    cases.put(
        "database is null",
        "{\"databases\": {\"x\": null},"
            + FULL.strip().substring(1).replaceFirst("\"databases\"", "\"other\""));
    cases.put(
        "missing holds null",
        FULL.replaceFirst("(?s)\"missing\" : \\[.*?\\]", "\"missing\" : [null]"));
    cases.put("no checksum", replaced("\"" + "0".repeat(64) + "\"", "null"));
    cases.put("short checksum", replaced("0".repeat(64), "0".repeat(63)));
    cases.put("upper-case checksum", replaced("ab".repeat(32), "AB".repeat(32)));
    cases.put("no file", replaced("\"projects.db\"", "null"));
    cases.put("absolute file", replaced("\"projects.db\"", "\"/etc/passwd\""));
    cases.put("climbing file", replaced("\"projects.db\"", "\"a/../../x\""));
    cases.put("empty file name", replaced("\"projects.db\"", "\"\""));
    cases.put("back slash", replaced("\"projects.db\"", "\"a\\\\b\""));
    cases.put("drive", replaced("\"projects.db\"", "\"C:x\""));
    cases.put("control character", replaced("\"projects.db\"", "\"a\\u0000b\""));
    cases.put("the manifest's own name", replaced("\"projects.db\"", "\"MANIFEST.json\""));
    cases.put("two of one file", replaced("\"projects.db\"", "\"tasks/task_metadata.db\""));
    cases.put("zero bytes", replaced("5000000000", "0"));
    cases.put("negative bytes", replaced("5000000000", "-5"));
    cases.put("bytes beyond counting", replaced("5000000000", "1" + "0".repeat(30)));
    cases.put("bytes are a fraction", replaced("5000000000", "5.5"));
    cases.put("bytes are null", replaced("5000000000", "null"));
    cases.put("copy is a list", FULL.replaceFirst("(?s)\"copy\" : \\{.*?\\}", "\"copy\" : []"));
    cases.put("copy is null", FULL.replaceFirst("(?s)\"copy\" : \\{.*?\\}", "\"copy\" : null"));
    cases.put("missing names nothing", replaced("\"messages\"", "null"));
    cases.put("tool has no version", replaced("\"0.1.0\"", "null"));
    cases.put("strategy is null", replaced("\"wal-read\"", "null"));
    cases.put("journal mode is null", replaced("\"wal\"", "null"));
    cases.put("a database without row counts", replaced("\"row_counts\"", "\"other\""));
    cases.put("a database without schema version", replaced("\"schema_versions\"", "\"other\""));
    cases.put(
        "databases are a list",
        "{\"databases\": [],"
            + FULL.strip().substring(1).replaceFirst("\"databases\"", "\"other\""));
    return cases.entrySet().stream().map(c -> Arguments.argumentSet(c.getKey(), c.getValue()));
  }

  private static String replaced(String from, String to) {
    assertThat(FULL).contains(from);
    return FULL.replace(from, to);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void read_malformed_isDamaged(String document) {
    assertDamaged(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_bytesThatAreNoText_isDamaged() {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    assertDamaged(noise);
    assertDamaged(new byte[1000]);
    byte[] brokenText = FULL.replace("host-1", "hos~-1").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < brokenText.length; i++) {
      if (brokenText[i] == '~') {
        brokenText[i] = (byte) 0xff;
      }
    }
    assertDamaged(brokenText);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_anyFewBytesChanged_isReadOrDamagedAndNothingElse(long seed) {
    Random random = new Random(seed);
    byte[] sound = FULL.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 200; i++) {
      byte[] changed = Arrays.copyOf(sound, sound.length - random.nextInt(2));
      for (int n = random.nextInt(4); n >= 0; n--) {
        changed[random.nextInt(changed.length)] =
            random.nextBoolean()
                ? (byte) SPECIAL.charAt(random.nextInt(SPECIAL.length()))
                : (byte) random.nextInt(256);
      }
      Throwable thrown =
          catchThrowable(() -> ManifestJson.read(changed, "the manifest").totalRows());
      if (thrown != null) {
        assertThat(thrown)
            .as(new String(changed, StandardCharsets.UTF_8))
            .isInstanceOfSatisfying(
                BackupException.class,
                e ->
                    assertThat(e.code())
                        .isIn(ErrorCode.MANIFEST_DAMAGED, ErrorCode.MANIFEST_VERSION_UNKNOWN));
      }
    }
  }

  private static void assertDamaged(byte[] document) {
    assertThatThrownBy(() -> ManifestJson.read(document, "the manifest"))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_DAMAGED);
              assertThat(e.text()).startsWith("the manifest cannot be used: ");
            });
  }
}
