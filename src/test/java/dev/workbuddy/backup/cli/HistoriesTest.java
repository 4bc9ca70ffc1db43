package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.cli.CommandLineFixture.Ran;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose history it is: whatever machines, directories and namespaces are called, and clocks say.
 */
class HistoriesTest {
  @TempDir private Path scratch;
  private Path store;
  private CommandLineFixture one;

  @BeforeEach
  void dataRoot() throws Exception {
    store = Files.createDirectory(scratch.resolve("store"));
    one = dataRoot("one", 100);
  }

  /** One that wants the namespace {@code s} in the common store. */
  private CommandLineFixture dataRoot(String name, int rows) throws Exception {
    CommandLineFixture made =
        new CommandLineFixture(Files.createDirectories(scratch.resolve(name)));
    Files.writeString(
        made.directory().resolve("config.yaml"),
        """
        backups:
          namespace: s
          databases: { notes: { path: notes.db } }
          directory: { path: '%s' }
        """
            .formatted(store));
    fill(made, rows);
    return made;
  }

  private static void fill(CommandLineFixture which, int rows) throws Exception {
    Files.createDirectories(which.live("notes.db").resolveSibling("."));
    which.sql(
        "notes.db",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO notes"
            + " SELECT i, 'note' FROM n LIMIT "
            + rows);
  }

  private String from() {
    return "directory:" + store;
  }

  private List<String> stored(String namespace) throws Exception {
    return Listing.of(store.resolve(namespace)).stream()
        .filter(name -> name.endsWith("SHA256SUMS"))
        .toList();
  }

  private List<String> namespaces() throws Exception {
    return Listing.of(store).stream()
        .filter(name -> name.indexOf('/') < 0 && name.startsWith("s"))
        .toList();
  }

  @Test
  void everything_twoOfOneNameInTheSameSecond_eachHasItsOwn() throws Exception {
    CommandLineFixture other = dataRoot("other", 150);
    for (int i = 0; i < 3; i++) {
      one.ok("now");
      other.ok("now");
    }

    assertThat(namespaces()).hasSize(2).contains("s");
    String second = namespaces().getLast();
    assertThat(stored("s")).hasSize(3).isEqualTo(stored(second));
    one.ok("prune");
    other.ok("prune");
    assertThat(stored("s")).hasSize(3).isEqualTo(stored(second));
    one.ok("restore", "latest", "--from", from(), "--yes");
    other.ok("restore", "latest", "--from", from(), "--yes");
    assertThat(one.rows("notes.db")).isEqualTo(100);
    assertThat(other.rows("notes.db")).isEqualTo(150);
    assertThat(one.ok("list", "--remote").out()).contains(second);
  }

  @Test
  void hold_twoOfOneNameInTheSameSecond_holdsNothingOfTheOther() throws Exception {
    CommandLineFixture other = dataRoot("other", 150);
    one.ok("now");
    other.ok("now");
    String id = stored("s").getFirst().replace("/SHA256SUMS", "");

    one.ok("hold", id, "--reason", "tax year");

    List<String> held =
        Listing.of(store).stream().filter(name -> name.endsWith("HOLD.json")).toList();
    assertThat(held).containsExactly("s/" + id + "/HOLD.json");
    assertThat(other.ok("show", id).out()).doesNotContain("tax year");
  }

  @Test
  void everything_clocksOfTwoMachinesAreApart_neitherIsMovedByTheOther() throws Exception {
    one.ok("now");
    CommandLineFixture ahead = dataRoot("ahead", 150);
    ahead.moveClock(Duration.ofDays(300));
    ahead.ok("now");
    one.moveClock(Duration.ofHours(2));

    one.ok("now");
    one.ok("prune");

    assertThat(one.ok("restore", "latest", "--from", from(), "--dry-run").out())
        .startsWith("Would restore snap-2026-03");
    assertThat(ahead.ok("restore", "latest", "--from", from(), "--dry-run").out())
        .startsWith("Would restore snap-2026-12");
    assertThat(Listing.of(store).stream().filter(name -> name.endsWith("SHA256SUMS"))).hasSize(3);
  }

  @Test
  void restore_ofAnotherHistory_isNamedInPlanAndResultAndNeverSentOn() throws Exception {
    one.ok("now");
    CommandLineFixture other = dataRoot("other", 150);
    other.moveClock(Duration.ofHours(3));
    other.ok("now");
    String id = stored("s").getFirst().replace("/SHA256SUMS", "");
    other.ok("pull", "s/" + id);

    Ran plan = other.ok("restore", id, "--dry-run");
    Ran restored = other.ok("restore", id, "--yes");

    for (Ran each : List.of(plan, restored)) {
      assertThat(each.out()).contains("another data root's history", "`wb-backup take-over " + id);
    }
    assertThat(other.rows("notes.db")).isEqualTo(100);
    assertThat(other.ok("restore", "latest", "--dry-run").out()).doesNotContain(id);
    other.ok("push", "--all-missing");
    assertThat(stored(namespaces().getLast())).hasSize(1);
  }

  @Test
  void now_dataAndHistoryWereLostTogether_alarmsAndNothingIsSwept() throws Exception {
    one.ok("now");
    one.moveClock(Duration.ofHours(2));
    one.ok("now");
    List<String> before = stored("s");
    DurableFiles.deleteTree(one.directory().resolve(".data"));
    fill(one, 0);
    one.moveClock(Duration.ofHours(2));

    Ran first = one.run("now");

    assertThat(first.exitCode()).as(first.toString()).isEqualTo(5);
    assertThat(first.out() + first.err()).contains("another history of the name s", "--from");
    assertThat(one.run("now", "-q").exitCode()).isEqualTo(5);
    assertThat(stored("s")).isEqualTo(before);
    assertThat(one.run("alarms").out()).contains("notes.notes", "100");
    one.run("restore", "latest", "--from", from(), "--yes");
    assertThat(one.rows("notes.db")).isEqualTo(100);
  }

  @Test
  void now_earlierHistoryCannotBeCompared_pushesNothingBeforeItCan() throws Exception {
    one.ok("now");
    Path manifest =
        store.resolve("s").resolve(stored("s").getFirst()).resolveSibling("MANIFEST.json");
    byte[] sound = Files.readAllBytes(manifest);
    Files.write(manifest, new byte[sound.length]);
    CommandLineFixture other = dataRoot("other", 3);

    Ran now = other.run("now");

    assertThat(now.exitCode()).isEqualTo(5);
    assertThat(now.out()).contains("cannot be compared with s/snap-", "tries again");
    assertThat(namespaces()).containsExactly("s");
    Files.write(manifest, sound);
    assertThat(other.run("now").out()).contains("ALARM", "notes.notes");
    assertThat(namespaces()).hasSize(2);
  }

  @Test
  void takeOver_afterARestore_goesOnWithTheOldHistory() throws Exception {
    one.ok("now");
    String id = stored("s").getFirst().replace("/SHA256SUMS", "");
    CommandLineFixture fresh = dataRoot("fresh", 100);
    fresh.moveClock(Duration.ofHours(2));
    fresh.ok("restore", id, "--from", from(), "--yes");

    assertThat(fresh.ok("take-over", id, "--dry-run").out()).contains("Would go on with");
    assertThat(fresh.ok("take-over", id).out()).contains("Goes on with the history");
    fresh.ok("now");

    assertThat(namespaces()).containsExactly("s");
    assertThat(stored("s")).hasSize(2);
    assertThat(fresh.ok("take-over", id).out()).contains("already");
  }

  @Test
  void now_clockWasAhead_isToldAndDecidesNothing() throws Exception {
    one.moveClock(Duration.ofDays(300));
    one.ok("now");
    one.moveClock(Duration.ofDays(-299));
    one.sql("notes.db", "INSERT INTO notes (text) VALUES ('real')");

    Ran quiet = one.run("now", "-q");

    assertThat(quiet.exitCode()).isEqualTo(5);
    assertThat(quiet.out() + quiet.err()).contains("dated in the future", "snap-2026-12-29");
    assertThat(one.ok("restore", "latest", "--dry-run").out())
        .startsWith("Would restore snap-2026-03");
  }

  @Test
  void now_clockFellBack_comparesWithTheSnapshotThatWasTakenLast() throws Exception {
    one.ok("now");
    one.moveClock(Duration.ofDays(-40));
    one.sql("notes.db", "DELETE FROM notes WHERE id > 9");

    Ran now = one.run("now");

    assertThat(now.exitCode()).isEqualTo(5);
    assertThat(one.run("alarms").out()).contains("notes.notes", "91 %");
    one.run("now");
    one.run("now");
    assertThat(one.ok("restore", "latest", "--dry-run").out())
        .startsWith("Would restore snap-2026-03");
  }

  @Test
  void now_identityFileIsLost_goesOnWithTheSame() throws Exception {
    one.ok("now");
    String before = identity(one);
    Files.delete(one.backups().resolve("identity.json"));
    one.ok("now");
    assertThat(identity(one)).isEqualTo(before);
    assertThat(namespaces()).containsExactly("s");
  }

  private static String identity(CommandLineFixture which) {
    return new IdentityFile(which.backups()).read().orElseThrow().identity();
  }

  /** As {@code cp -a} makes it. */
  private CommandLineFixture copyOf(CommandLineFixture original, String name) throws Exception {
    Path to = Files.createDirectory(scratch.resolve(name));
    try (Stream<Path> paths = Files.walk(original.directory())) {
      for (Path path : paths.skip(1).toList()) {
        Files.copy(
            path,
            to.resolve(original.directory().relativize(path).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new CommandLineFixture(to);
  }

  @Test
  void now_copyOfADataRoot_alarmsAndSweepsNothingUntilItHasAHistoryOfItsOwn() throws Exception {
    one.ok("now");
    List<String> ofOne = stored("s");
    CommandLineFixture copy = copyOf(one, "copy");
    copy.moveClock(Duration.ofMinutes(10));

    Ran now = copy.run("now");

    assertThat(now.exitCode()).as(now.toString()).isEqualTo(5);
    assertThat(now.out()).contains("looks like a copy of", "take-over --apart");
    assertThat(stored("s")).containsAll(ofOne);
    assertThat(copy.ok("take-over", "--apart", "--dry-run").out()).contains("Would begin");
    assertThat(copy.ok("take-over", "--apart").out()).contains("a history of its own");
    copy.ok("alarms", "ack", "--all", "--why", "it has one now");
    copy.moveClock(Duration.ofMinutes(10));
    copy.ok("now");
    assertThat(namespaces()).hasSize(2);
    assertThat(stored(namespaces().getLast())).hasSize(1);
    assertThat(identity(copy)).isNotEqualTo(identity(one));
  }

  @Test
  void now_copyInTheSameSecond_overwritesNothing() throws Exception {
    one.ok("now");
    CommandLineFixture copy = copyOf(one, "copy");
    copy.sql("notes.db", "INSERT INTO notes (text) VALUES ('of the copy')");
    one.moveClock(Duration.ofHours(1));
    copy.moveClock(Duration.ofHours(1));
    one.ok("now");
    String id = one.ok("list").out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
    byte[] before = Files.readAllBytes(store.resolve("s").resolve(id).resolve("SHA256SUMS"));

    Ran second = copy.run("now");

    assertThat(second.exitCode()).isEqualTo(5);
    assertThat(store.resolve("s").resolve(id).resolve("SHA256SUMS")).hasBinaryContent(before);
  }

  @Test
  void now_dataRootWasMoved_goesOn() throws Exception {
    one.ok("now");
    Path to = scratch.resolve("elsewhere");
    Files.move(one.directory(), to);
    CommandLineFixture moved = new CommandLineFixture(to);
    moved.moveClock(Duration.ofHours(1));
    moved.ok("now");
    assertThat(namespaces()).containsExactly("s");
  }

  @Test
  void now_anotherDataRootGoesOnWithTheHistory_bothSeeItAndSweepNothing() throws Exception {
    one.ok("now");
    String id = stored("s").getFirst().replace("/SHA256SUMS", "");
    CommandLineFixture fresh = dataRoot("fresh", 100);
    fresh.moveClock(Duration.ofMinutes(5));
    fresh.ok("restore", id, "--from", from(), "--yes");
    assertThat(fresh.ok("take-over", id).out()).contains("must not be used any more");
    fresh.moveClock(Duration.ofMinutes(5));
    fresh.ok("now");
    List<String> both = stored("s");
    one.moveClock(Duration.ofMinutes(20));

    Ran old = one.run("now");
    fresh.moveClock(Duration.ofMinutes(20));
    Ran other = fresh.run("now");

    for (Ran each : List.of(old, other)) {
      assertThat(each.exitCode()).as(each.toString()).isEqualTo(5);
      assertThat(each.out()).contains("was not taken here", "take-over --apart");
    }
    assertThat(stored("s")).containsAll(both).hasSize(4);
    fresh.ok("alarms", "ack", "--all", "--why", "the old machine is switched off");
    fresh.moveClock(Duration.ofHours(1));
    fresh.ok("now");
    assertThat(fresh.ok("alarms").out()).contains("No alarm is open");
  }

  @Test
  void now_snapshotsAndRowsWereLost_comparesWithItsOwnCopies() throws Exception {
    one.ok("now");
    one.moveClock(Duration.ofHours(2));
    one.ok("now");
    List<String> before = stored("s");
    for (String snapshot : before) {
      DurableFiles.deleteTree(one.backups().resolve(snapshot.replace("/SHA256SUMS", "")));
    }
    one.sql("notes.db", "DELETE FROM notes WHERE id > 9");
    one.moveClock(Duration.ofHours(2));

    Ran now = one.run("now");

    assertThat(now.exitCode()).as(now.toString()).isEqualTo(5);
    assertThat(now.out()).contains("not here any more", "notes.notes");
    one.moveClock(Duration.ofHours(2));
    one.run("now");
    assertThat(stored("s")).containsAll(before);
  }

  @Test
  void latest_afterATakeOver_isWhatWasTakenLast() throws Exception {
    one.ok("now");
    one.ok("now");
    String lost = stored("s").getLast().replace("/SHA256SUMS", "");
    CommandLineFixture fresh = dataRoot("fresh", 100);
    fresh.moveClock(Duration.ofHours(2));
    fresh.ok("restore", lost, "--from", from(), "--yes");
    fresh.sql("notes.db", "INSERT INTO notes (text) VALUES ('new')");
    fresh.ok("now", "--manual");
    fresh.ok("take-over", lost);
    fresh.sql("notes.db", "DELETE FROM notes WHERE text = 'new'");

    assertThat(fresh.run("rescue", "latest").out()).contains("1 row");
    fresh.ok("now");
    assertThat(fresh.ok("list").out().lines().skip(1).findFirst().orElseThrow())
        .doesNotContain(lost)
        .doesNotContain("manual");
  }

  @Test
  void now_fetchedSnapshotsOfAnother_takeNoPlaceOfItsOwn() throws Exception {
    CommandLineFixture other = dataRoot("other", 100);
    for (int i = 0; i < 2; i++) {
      one.ok("now");
      other.moveClock(Duration.ofMinutes(1));
      other.ok("now");
      one.moveClock(Duration.ofHours(1));
      other.moveClock(Duration.ofMinutes(59));
    }
    String theirs = namespaces().getLast();
    for (String copy : stored(theirs)) {
      one.ok("pull", theirs + "/" + copy.replace("/SHA256SUMS", ""));
    }

    one.ok("now");

    List<String> own = stored("s");
    assertThat(own).hasSize(3);
    for (String copy : own) {
      assertThat(one.backups().resolve(copy)).exists();
    }
  }

  @Test
  void now_clockFellBackALittle_theLastCopyStays() throws Exception {
    one.ok("now");
    one.moveClock(Duration.ofMinutes(-6));
    one.sql("notes.db", "INSERT INTO notes (text) VALUES ('late')");
    one.ok("now");
    String last = one.ok("list").out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
    one.moveClock(Duration.ofMinutes(10));

    one.ok("push", "--all-missing");

    assertThat(stored("s")).contains(last + "/SHA256SUMS");
  }

  @Test
  void restoreFrom_datedInTheFuture_isNotTheLatest() throws Exception {
    one.moveClock(Duration.ofDays(300));
    one.ok("now");
    one.moveClock(Duration.ofDays(-300));
    one.run("now");
    CommandLineFixture fresh = dataRoot("fresh", 1);

    assertThat(fresh.ok("restore", "latest", "--from", from(), "--dry-run").out())
        .startsWith("Would restore snap-2026-03");
  }

  @Test
  void hold_ofAnothersSnapshot_holdsItsCopies() throws Exception {
    one.ok("now");
    String id = stored("s").getFirst().replace("/SHA256SUMS", "");
    CommandLineFixture other = dataRoot("other", 150);
    other.moveClock(Duration.ofHours(1));
    other.ok("now");
    other.ok("pull", "s/" + id);

    other.ok("hold", id, "--reason", "evidence");

    assertThat(store.resolve("s").resolve(id).resolve("HOLD.json")).exists();
  }

  @Test
  void restoreFrom_severalHistoriesAndNoneOfOnesOwn_namesThatOfTheMachine() throws Exception {
    one.ok("now");
    dataRoot("other", 150).ok("now");
    CommandLineFixture fresh = dataRoot("fresh", 1);

    Ran ran = fresh.run("restore", "latest", "--from", from(), "--dry-run");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("s/latest");
    assertThat(fresh.ok("restore", "s/latest", "--from", from(), "--dry-run").out())
        .contains("Would restore");
  }
}
