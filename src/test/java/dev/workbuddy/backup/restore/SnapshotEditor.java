package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.archive.ArchiveEntryInfo;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import tools.jackson.databind.node.ObjectNode;

/** Edits the files of one snapshot, as decay, a careless hand or an enemy would. */
final class SnapshotEditor {
  private final Path directory;

  private static final class Member {
    private final TarArchiveEntry header;
    private final byte[] content;

    Member(TarArchiveEntry header, byte[] content) {
      this.header = header;
      this.content = content;
    }
  }

  SnapshotEditor(Path directory) {
    this.directory = directory;
  }

  Path tarball() {
    return directory.resolve(directory.getFileName() + ".tar.gz");
  }

  Path manifest() {
    return directory.resolve(Manifest.FILE_NAME);
  }

  Path sums() {
    return directory.resolve(Checksums.FILE_NAME);
  }

  ObjectNode readManifest() throws IOException {
    return (ObjectNode) Json.parse(Files.readAllBytes(manifest()));
  }

  /** Makes the sums fit whatever the tarball and the manifest are now. */
  void recomputeSums() throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (Path file : List.of(tarball(), manifest())) {
      sums.put(file.getFileName().toString(), Checksums.sha256(file));
    }
    Files.writeString(sums(), Checksums.text(sums));
  }

  void flipBits(Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(tarball());
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(tarball(), bytes);
  }

  void cutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(tarball());
    Files.write(tarball(), Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** A new tarball with the manifest in both places; the sums fit. */
  void repack(byte[] manifest) throws IOException {
    repack(manifest, List.of());
  }

  private void repack(byte[] manifest, List<Member> more) throws IOException {
    Map<String, byte[]> files = files();
    files.put(Manifest.FILE_NAME, manifest);
    Files.write(manifest(), manifest);
    pack(files, more);
  }

  void editManifest(ManifestEdit edit) throws IOException {
    ObjectNode manifest = readManifest();
    edit.apply(manifest);
    repack(Json.bytes(manifest));
  }

  interface ManifestEdit {
    void apply(ObjectNode manifest);
  }

  /** Replaces a database in the tarball by other bytes, and says so in manifest and sums. */
  void replaceDatabase(String name, byte[] content) throws IOException {
    ObjectNode manifest = readManifest();
    ObjectNode entry = (ObjectNode) manifest.get("databases").get(name);
    entry.put("bytes", content.length).put("sha256", Checksums.sha256(content));
    Map<String, byte[]> files = files();
    files.put(entry.get("file").asString(), content);
    files.put(Manifest.FILE_NAME, Json.bytes(manifest));
    Files.write(manifest(), Json.bytes(manifest));
    pack(files, List.of());
  }

  byte[] database(String name) throws IOException {
    String file = readManifest().get("databases").get(name).get("file").asString();
    return new ArchiveReader(1).readEntry(tarball(), file, 1 << 30);
  }

  /** Makes a file in the tarball longer than the manifest says. */
  void lengthen(String name) throws IOException {
    String file = readManifest().get("databases").get(name).get("file").asString();
    Map<String, byte[]> files = files();
    byte[] content = database(name);
    files.put(file, Arrays.copyOf(content, content.length + 1));
    pack(files, List.of());
  }

  void remove(String entry) throws IOException {
    Map<String, byte[]> files = files();
    if (files.remove(entry) == null) {
      throw new AssertionError("no " + entry);
    }
    pack(files, List.of());
  }

  /** Adds a file, whatever its name. */
  void add(String name, byte[] content) throws IOException {
    TarArchiveEntry header = new TarArchiveEntry(name, true);
    header.setSize(content.length);
    pack(files(), List.of(new Member(header, content)));
  }

  void addLink(String name, byte type, String target) throws IOException {
    TarArchiveEntry header = new TarArchiveEntry(name, type);
    header.setLinkName(target);
    pack(files(), List.of(new Member(header, new byte[0])));
  }

  /** Replaces a database in the tarball by a link to somewhere else. */
  void replaceByLink(String database, String target) throws IOException {
    String file = readManifest().get("databases").get(database).get("file").asString();
    Map<String, byte[]> files = files();
    files.remove(file);
    TarArchiveEntry header = new TarArchiveEntry(file, TarConstants.LF_SYMLINK);
    header.setLinkName(target);
    pack(files, List.of(new Member(header, new byte[0])));
  }

  private Map<String, byte[]> files() throws IOException {
    ArchiveReader reader = new ArchiveReader(1);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (ArchiveEntryInfo entry : reader.list(tarball())) {
      files.put(entry.name(), reader.readEntry(tarball(), entry.name(), 1 << 30));
    }
    return files;
  }

  private void pack(Map<String, byte[]> files, List<Member> more) throws IOException {
    List<Member> members = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          TarArchiveEntry header = new TarArchiveEntry(name);
          header.setSize(content.length);
          members.add(new Member(header, content));
        });
    members.addAll(more);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(tarball())),
            StandardCharsets.UTF_8.name())) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Member member : members) {
        tar.putArchiveEntry(member.header);
        tar.write(member.content);
        tar.closeArchiveEntry();
      }
    }
    recomputeSums();
  }
}
