package dev.workbuddy.backup.snapshot.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileArchiveTest {
  private static final ErrorCode UNSAFE = ErrorCode.ARCHIVE_UNSAFE;
  private static final ErrorCode DAMAGED = ErrorCode.ARCHIVE_DAMAGED;

  @TempDir Path scratch;
  private Path tarball = Path.of("");
  private Path target = Path.of("");

  record Hostile(String label, RawTar tar, ErrorCode code) {
    @Override
    public String toString() {
      return label;
    }
  }

  @BeforeEach
  void directories() throws IOException {
    tarball = scratch.resolve("tarball");
    target = Files.createDirectory(scratch.resolve("target"));
  }

  static Stream<Hostile> hostile() {
    RawTar honest = new RawTar().file("a.db", "abc");
    return Stream.of(
        new Hostile("hard link", new RawTar().entry("a.db", '1', ""), UNSAFE),
        new Hostile("symbolic link", new RawTar().entry("a.db", '2', ""), UNSAFE),
        new Hostile("character device", new RawTar().entry("a.db", '3', ""), UNSAFE),
        new Hostile("block device", new RawTar().entry("a.db", '4', ""), UNSAFE),
        new Hostile("directory for a file", new RawTar().entry("a.db", '5', "").end(), DAMAGED),
        new Hostile(
            "directory and file", new RawTar().entry("a.db/", '5', "").raw(honest.bytes()), UNSAFE),
        new Hostile("directory with content", new RawTar().entry("d/", '5', "abc"), UNSAFE),
        new Hostile("directory that climbs", new RawTar().entry("../d/", '5', ""), UNSAFE),
        new Hostile("absolute directory", new RawTar().entry("/d", '5', ""), UNSAFE),
        new Hostile("fifo", new RawTar().entry("a.db", '6', ""), UNSAFE),
        new Hostile("contiguous file", new RawTar().entry("a.db", '7', "abc"), UNSAFE),
        new Hostile("GNU sparse file", new RawTar().entry("a.db", 'S', "abc"), UNSAFE),
        new Hostile("long link name", new RawTar().entry("x", 'K', "/etc/passwd\0"), UNSAFE),
        new Hostile(
            "PAX sparse file",
            new RawTar().extended('x', "GNU.sparse.major", "1").file("a.db", "abc"),
            UNSAFE),
        new Hostile(
            "global path", new RawTar().extended('g', "path", "a.db").file("b", "abc"), UNSAFE),
        new Hostile("not expected", new RawTar().file("other.db", "abc"), UNSAFE),
        new Hostile("one name twice", honest(honest).file("a.db", "abc").end(), UNSAFE),
        new Hostile("more than declared", new RawTar().file("a.db", "abcd").end(), UNSAFE),
        new Hostile("less than declared", new RawTar().file("a.db", "ab").end(), DAMAGED),
        new Hostile(
            "PAX size differs",
            new RawTar().extended('x', "size", "99999999999").file("a.db", "abc").end(),
            UNSAFE),
        new Hostile("more unknown bytes than allowed", bigUnknown(), UNSAFE),
        new Hostile(
            "ignored file too large",
            new RawTar().header("MANIFEST.json", '0', "77777777777"),
            UNSAFE),
        new Hostile(
            "huge PAX header", new RawTar().header("PaxHeader", 'x', "77777777777"), UNSAFE),
        new Hostile("huge long name", new RawTar().header("L", 'L', "77777777777"), UNSAFE),
        new Hostile("endless headers", endlessHeaders(), UNSAFE),
        new Hostile("long name climbs", longName("../../a.db\0"), UNSAFE),
        new Hostile("long name has a NUL", longName("a.db\0x"), UNSAFE),
        new Hostile(
            "PAX path climbs", new RawTar().extended('x', "path", "../a").file("a.db", ""), UNSAFE),
        new Hostile("missing", new RawTar().file("MANIFEST.json", "{}").end(), DAMAGED),
        new Hostile("nothing at all", new RawTar().end(), DAMAGED),
        new Hostile("no end", honest, DAMAGED),
        new Hostile("half an end", honest(honest).raw(new byte[512]), DAMAGED),
        new Hostile("garbage for an end", honest(honest).raw(new byte[512]).file("x", ""), DAMAGED),
        new Hostile("data after the end", honest(honest).end().file("b.db", "abc"), DAMAGED),
        new Hostile("endless padding", honest(honest).end().raw(new byte[3 << 20]), DAMAGED),
        new Hostile("cut off file", new RawTar().header("a.db", '0', "00000000003"), DAMAGED),
        new Hostile("size that is no number", new RawTar().header("a.db", '0', "zzz"), DAMAGED),
        new Hostile("negative size", new RawTar().header("a.db", '0', "-1"), DAMAGED),
        new Hostile("no header", new RawTar().raw("x".repeat(512).getBytes(US_ASCII)), DAMAGED),
        new Hostile("PAX that is none", new RawTar().entry("P", 'x', "hello"), DAMAGED),
        new Hostile("PAX length lies", new RawTar().entry("P", 'x', "99 path=a\n"), DAMAGED),
        new Hostile("PAX length zero", new RawTar().entry("P", 'x', "0 path=a\n"), DAMAGED),
        new Hostile(
            "PAX size is no number",
            new RawTar().extended('x', "size", "-5").file("a.db", "abc"),
            DAMAGED));
  }

  private static RawTar honest(RawTar start) {
    return new RawTar().raw(start.bytes());
  }

  private static RawTar bigUnknown() {
    return new RawTar().file("a.db", "abc").file("old1.db", "12345").file("old2.db", "123456");
  }

  private static RawTar longName(String name) {
    return new RawTar().entry("L", 'L', name).file("a.db", "abc").end();
  }

  private static RawTar endlessHeaders() {
    RawTar tar = new RawTar();
    for (int i = 0; i < 50; i++) {
      tar.extended('x', "comment", "x");
    }
    return tar.file("a.db", "abc").end();
  }

  @ParameterizedTest
  @MethodSource
  void hostile(Hostile hostile) throws IOException {
    hostile.tar().gzip(tarball);
    boolean old = hostile.label().contains("unknown");
    assertRefused(hostile.code(), old ? Set.of("a.db", "old1.db", "old2.db") : Set.of("a.db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a.db",
        "//a.db",
        "../a.db",
        "x/../../a.db",
        "x/..",
        "./a.db",
        "x/./a.db",
        "x//a.db",
        "x/",
        ".",
        "..",
        "x\\a.db",
        "..\\a.db",
        "C:a.db",
        "c:/a.db",
        "a\nb",
        "a\u001b[31m",
        "a\u0085b"
      })
  void namesThatLeaveTheDirectory(String name) throws IOException {
    new RawTar().file(name, "abc").file("a.db", "abc").end().gzip(tarball);
    assertRefused(UNSAFE, Set.of("a.db", name));
  }

  @Test
  void aLinkThatIsThereIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(scratch.resolve("outside"));
    Files.createSymbolicLink(target.resolve("sub"), outside);
    new RawTar().file("sub/deep/a.db", "abc").end().gzip(tarball);
    assertRefused(UNSAFE, Set.of("sub/deep/a.db"));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path there = Files.writeString(target.resolve("a.db"), "mine");
    new RawTar().file("a.db", "abc").end().gzip(tarball);
    assertRefused(UNSAFE, Set.of("a.db"));
    assertThat(there).hasContent("mine");
  }

  @Test
  void aFileIsNoDirectoryForAnother() throws IOException {
    new RawTar().file("a.db", "abc").file("a.db/b", "abc").end().gzip(tarball);
    assertRefused(UNSAFE, Set.of("a.db", "a.db/b"));
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    new RawTar().header("a.db", '0', "77777777777").raw(new byte[1 << 20]).gzip(tarball);
    assertRefused(UNSAFE, Set.of("a.db"));
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void anEntryThatIsNotThereIsNamed() throws IOException {
    new RawTar().file("a.db", "abc").end().gzip(tarball);
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> new ArchiveReader(1).readEntry(tarball, "MANIFEST.json", 100))
        .withMessageContaining("MANIFEST.json")
        .returns(DAMAGED, BackupException::code);
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> new ArchiveReader(1).readEntry(tarball, "a.db", 2))
        .returns(UNSAFE, BackupException::code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "hello world", "PK\u0003\u0004"})
  void whatIsNoArchive(String content) throws IOException {
    Files.writeString(tarball, content);
    assertRefused(DAMAGED, Set.of("a.db"));
  }

  private void assertRefused(ErrorCode code, Set<String> expected) throws IOException {
    Map<String, OptionalLong> sizes = new TreeMap<>();
    expected.forEach(
        name ->
            sizes.put(name, name.startsWith("old") ? OptionalLong.empty() : OptionalLong.of(3)));
    UnpackRequest request =
        new UnpackRequest(tarball, target, sizes, expected, Set.of("MANIFEST.json"), 10);
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> new ArchiveReader(2).unpack(request, file -> {}))
        .returns(code, BackupException::code)
        .satisfies(e -> assertThat(e.text()).doesNotContainPattern("\\p{Cc}"));
    try (Stream<Path> beside = Files.list(scratch)) {
      assertThat(beside).isSubsetOf(tarball, target, scratch.resolve("outside"));
    }
  }
}
