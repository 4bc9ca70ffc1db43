package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Damage is found before the live data is touched, and said in words that name it. */
class DamagedSnapshotTest {
  private static final EnumSet<Status> FOUND = EnumSet.of(Status.DAMAGED, Status.REFUSED);
  private static final long SEED = 20260511;

  @TempDir static Path template;
  private static String damaged = "";
  private static String sound = "";
  private static Map<String, List<String>> saved = Map.of();

  @TempDir Path root;
  private Site site;
  private SnapshotEditor editor;

  @BeforeAll
  static void twoSnapshots() throws Exception {
    Site original = Site.in(template);
    Databases.create(original.file(TASKS), "wal", 1);
    Databases.create(original.file(PROJECTS), "delete", 2);
    Databases.create(original.file(NOTES), "wal", 3);
    saved = original.content();
    damaged = original.snapshot().snapshotId();
    sound = original.snapshot().snapshotId();
    Databases.execute(original.file(TASKS), "DELETE FROM item WHERE id > 5");
    Files.writeString(original.db().resolve("settings.json"), "{}");
  }

  @BeforeEach
  void copyOfTheTemplate() throws IOException {
    Path data = root.resolve("data");
    Tree.copy(template.resolve("data"), data);
    site = Site.in(root);
    editor = new SnapshotEditor(site.backups().resolve(damaged));
  }

  @ParameterizedTest
  @EnumSource
  void run_damagedSnapshot_isRefusedEvenWithForceAndTheLiveDataUntouched(Damage damage)
      throws Exception {
    damage.deed.to(editor);
    Map<String, String> before = site.untouchable();

    for (RestoreRequest request : List.of(Site.request(damaged), Site.forced(damaged))) {
      BackupException refusal = Refusals.of(() -> site.restorer().run(request, Progress.silent()));

      assertThat(refusal.code()).as(refusal.text()).isEqualTo(damage.code);
      assertThat(FOUND).contains(refusal.code().status());
      assertThat(refusal.text()).contains(damage.named);
      assertThat(refusal.hint()).isNotBlank();
    }

    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(Path.of("/tmp/wb-backup-evil")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void all_damagedSnapshotAmongSoundOnes_isReportedAndTheOthersAreVerified(Damage damage)
      throws Exception {
    damage.deed.to(editor);
    Map<String, String> before = Tree.of(root);

    VerifyResult result = site.verifier().all(Progress.silent());

    assertThat(result.status()).isEqualTo(Status.DAMAGED);
    assertThat(result.snapshots())
        .extracting(VerifyResult.Verified::snapshotId, VerifyResult.Verified::sound)
        .containsExactlyInAnyOrder(tuple(damaged, false), tuple(sound, true));
    assertThat(result.snapshots().getLast().damage())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(damage.code);
              assertThat(finding.text()).contains(damage.named);
            });
    assertThat(result.snapshots().getFirst().damage()).isEmpty();
    Map<String, String> after = Tree.of(root);
    after.remove("data/backups/verify.lock");
    after.keySet().removeIf(name -> name.endsWith("/DAMAGE.json")); // What was found is remembered.
    assertThat(after).isEqualTo(before);
  }

  @Test
  void run_bitsFlippedAnywhere_isRefused() throws Exception {
    Random random = new Random(SEED);
    byte[] original = Files.readAllBytes(editor.tarball());
    Map<String, String> before = Tree.of(site.db());
    for (int i = 0; i < 12; i++) {
      Files.write(editor.tarball(), original);
      editor.flipBits(random);

      BackupException refusal = Refusals.of(() -> site.restore(damaged));

      assertThat(refusal.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
      assertThat(refusal.text()).contains(editor.tarball().getFileName().toString());
      assertThat(site.leftovers()).isEmpty();
    }
    assertThat(Tree.of(site.db())).isEqualTo(before);
  }

  /** A flip in the gzip header's date changes no data: then the restore gives what was saved. */
  @Test
  void run_bitsFlippedAnywhereWithFittingSums_isRefusedOrGivesExactlyWhatWasSaved()
      throws Exception {
    Random random = new Random(SEED);
    byte[] original = Files.readAllBytes(editor.tarball());
    Map<String, String> live = Tree.of(site.db());
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      Files.write(editor.tarball(), original);
      editor.flipBits(random);
      editor.recomputeSums();
      Map<String, String> before = Tree.of(site.db());
      try {
        site.restore(damaged);
        assertThat(site.content()).isEqualTo(saved);
      } catch (BackupException e) {
        assertThat(FOUND).as(e.text()).contains(e.code().status());
        assertThat(Tree.of(site.db())).isEqualTo(before);
        refused++;
      }
      assertThat(site.leftovers()).isEmpty();
    }
    assertThat(refused).isGreaterThan(30);
    assertThat(live).isNotEmpty();
  }

  /** Whatever stands in a manifest, it is refused in words or the data comes back as it was. */
  @Test
  void run_anyValueOfTheManifestReplaced_isRefusedOrGivesExactlyWhatWasSaved() throws Exception {
    Random random = new Random(SEED);
    byte[] original = Files.readAllBytes(editor.manifest());
    int refused = 0;
    for (int i = 0; i < 80; i++) {
      ObjectNode manifest = (ObjectNode) Json.parse(original);
      String edit = replaceSomething(manifest, random);
      editor.repack(Json.bytes(manifest));
      Map<String, String> before = Tree.of(site.db());
      try {
        site.restore(damaged);
        assertThat(Databases.content(site.file(PROJECTS)))
            .as(edit)
            .isEqualTo(saved.get("projects"));
      } catch (BackupException e) {
        assertThat(EnumSet.of(Status.DAMAGED, Status.REFUSED, Status.USAGE))
            .as(edit + ": " + e.text())
            .contains(e.code().status());
        assertThat(Tree.of(site.db())).as(edit).isEqualTo(before);
        refused++;
      } catch (RuntimeException | IOException e) {
        throw new AssertionError(edit, e);
      }
      assertThat(site.leftovers()).as(edit).isEmpty();
      assertThat(site.verifier().one(damaged, Progress.silent()).snapshots()).as(edit).hasSize(1);
    }
    assertThat(refused).isBetween(20, 79);
  }

  private static String replaceSomething(ObjectNode manifest, Random random) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(manifest, objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> keys = List.copyOf(object.propertyNames());
    if (keys.isEmpty()) {
      object.put("unknown", 1);
      return "unknown key";
    }
    String key = keys.get(random.nextInt(keys.size()));
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode value =
        switch (random.nextInt(8)) {
          case 0 -> json.nullNode();
          case 1 -> json.numberNode(-1);
          case 2 -> json.numberNode(Long.MAX_VALUE);
          case 3 -> json.stringNode("nonsense");
          case 4 -> json.objectNode();
          case 5 -> json.arrayNode().add(json.objectNode()).addNull();
          case 6 -> json.booleanNode(true);
          default -> json.missingNode();
        };
    if (value.isMissingNode()) {
      object.remove(key);
    } else {
      object.set(key, value);
    }
    return key + " = " + value;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    if (node instanceof ObjectNode || node instanceof ArrayNode) {
      node.forEach(child -> collect(child, objects));
    }
  }
}
