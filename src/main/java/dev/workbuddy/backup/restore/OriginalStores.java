package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the original's manifests tell of stores that its databases only refer to: for each store
 * what the tarball has of it, under {@code ..._member}, with its checksum under {@code ..._sha256},
 * or why it has nothing, under {@code backup_status}.
 *
 * @param sums by entry, its SHA-256; files that have none are not there
 * @param members every entry that must be in the tarball
 * @param lacking the stores that are not inside, in words
 */
record OriginalStores(Map<String, String> sums, List<String> members, List<String> lacking) {
  private static final String MEMBER = "_member";
  private static final String SUM = "_sha256";
  private static final String INCLUDED = "included";

  OriginalStores {
    sums = Map.copyOf(sums);
    members = List.copyOf(members);
    lacking = List.copyOf(lacking);
  }

  static OriginalStores in(Path tarball, ArchiveReader archives) throws IOException {
    byte[] manifest = archives.readEntry(tarball, Manifest.FILE_NAME, ManifestJson.MAX_BYTES);
    Map<String, String> sums = new HashMap<>();
    List<String> members = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (JsonNode store : Json.parse(manifest).path("truth_stores")) {
      store
          .properties()
          .forEach(
              field -> {
                String key = field.getKey();
                String member = field.getValue().asString("");
                if (isMember(field)) {
                  String stem = key.substring(0, key.length() - MEMBER.length());
                  String sum = store.path(stem + SUM).asString("");
                  members.add(member);
                  if (!sum.isEmpty()) {
                    sums.put(member, sum.toLowerCase(Locale.ROOT));
                  }
                }
              });
      String status = store.path("backup_status").asString("unknown");
      boolean any = store.properties().stream().anyMatch(OriginalStores::isMember);
      if (!status.equals(INCLUDED)) {
        lacking.add(lacking(store, "it was " + SafeText.line(status) + " when that was taken"));
      } else if (!any) {
        lacking.add(lacking(store, "it is said to be inside, and nothing of it is"));
      }
    }
    return new OriginalStores(sums, members, lacking);
  }

  private static boolean isMember(Map.Entry<String, JsonNode> field) {
    return field.getKey().endsWith(MEMBER) && !field.getValue().asString("").isEmpty();
  }

  private static String lacking(JsonNode store, String why) {
    return "the truth store %s (%s) is not in the snapshot: %s"
        .formatted(
            SafeText.line(store.path("store_id").asString("?")),
            SafeText.line(store.path("path").asString("?")),
            why);
  }
}
