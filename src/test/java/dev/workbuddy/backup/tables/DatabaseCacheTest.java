package dev.workbuddy.backup.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.tables.DatabaseCache.Trust;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCacheTest {
  @TempDir private Path root;

  private final ObedientClock clock = new ObedientClock("2026-05-12T12:00:00Z");

  private DatabaseCache cache(long maxBytes) {
    return new DatabaseCache(root.resolve("cache"), maxBytes, clock);
  }

  private Path add(DatabaseCache cache, String content) throws Exception {
    Path scratch = cache.createScratch("test");
    Path file = Files.writeString(scratch.resolve("file"), content);
    Path added = cache.add(file, Checksums.sha256(file));
    DurableFiles.deleteTree(scratch);
    clock.sleep(Duration.ofMinutes(1));
    return added;
  }

  private static String sum(String content) {
    return Checksums.sha256(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void find_whatWasAdded_isItsContentAndReadOnly() throws Exception {
    DatabaseCache cache = cache(1000);
    add(cache, "one");

    Path found = cache.find(sum("one"), Trust.SEAL).orElseThrow();

    assertThat(found).hasContent("one");
    assertThat(Files.getPosixFilePermissions(found))
        .noneMatch(permission -> permission.name().endsWith("WRITE"));
    assertThat(cache.find(sum("two"), Trust.SEAL)).isEmpty();
  }

  @Test
  void find_whatSomebodyChanged_isForgotten() throws Exception {
    DatabaseCache cache = cache(1000);
    Path file = add(cache, "one");
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.writeString(file, "eno");

    assertThat(cache.find(sum("one"), Trust.SEAL)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void find_whatWasForgedWithItsDate_isForgottenWhereItMatters() throws Exception {
    DatabaseCache cache = cache(1000);
    Path file = add(cache, "one");
    FileTime date = Files.getLastModifiedTime(file);
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.writeString(file, "eno");
    Files.setLastModifiedTime(file, date);

    assertThat(cache.find(sum("one"), Trust.CHECKSUM)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void shrink_tooMuch_removesWhatWasUsedLongestAgo() throws Exception {
    DatabaseCache cache = cache(10);
    add(cache, "aaaaa");
    add(cache, "bbbbb");
    cache.find(sum("aaaaa"), Trust.SEAL);
    clock.sleep(Duration.ofMinutes(1));
    Path newest = add(cache, "ccccc");

    cache.shrink(List.of(newest));

    assertThat(cache.find(sum("aaaaa"), Trust.SEAL)).isPresent();
    assertThat(cache.find(sum("bbbbb"), Trust.SEAL)).isEmpty();
    assertThat(cache.find(sum("ccccc"), Trust.SEAL)).isPresent();
  }

  @Test
  void shrink_fileInUse_staysHoweverLarge() throws Exception {
    DatabaseCache cache = cache(3);
    Path used = add(cache, "aaaaa");
    add(cache, "b");

    cache.shrink(List.of(used));

    assertThat(used).exists();
  }

  @Test
  void createScratch_leftoverOfKilledProcess_isSwept() throws Exception {
    DatabaseCache cache = cache(1000);
    long dead;
    try (Companion process = Companion.python("print('here'); input()")) {
      process.await("here");
      dead = process.pid();
      Files.createDirectories(root.resolve("cache/old." + dead + ".partial/x"));
      DurableFiles.deleteTree(cache.createScratch("test"));
      assertThat(Listing.of(root)).anyMatch(name -> name.endsWith(".partial"));
    }

    DurableFiles.deleteTree(cache.createScratch("test"));

    assertThat(Listing.of(root)).containsExactly("cache");
  }
}
