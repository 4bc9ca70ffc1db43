package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.DataBackup;
import dev.workbuddy.backup.capability.DataDrill;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Obstacle;
import dev.workbuddy.backup.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Every state that the page can be seen in, in light and dark: usable for everybody. */
class StatesTest {
  @AutoClose private static @Nullable Browser browser;

  @TempDir private Path directory;
  private final Instant now = Instant.now();
  private @Nullable Site site;
  private @Nullable Chromium open;
  private @Nullable SmallDisk disk;

  @BeforeAll
  static void openBrowser() {
    browser = new Browser();
  }

  @AfterEach
  void close() throws IOException {
    if (open != null) {
      open.assertQuietConsole();
    }
    if (site != null) {
      site.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private Path live(String name) {
    return directory.resolve(".data/db").resolve(name + ".db");
  }

  private Chromium visit() {
    site = new Site(directory, Map.of());
    open = Objects.requireNonNull(browser).open(site);
    open.visit();
    return open;
  }

  private void databases() throws Exception {
    Databases.run(
        live("tasks"),
        "CREATE TABLE task_metadata (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT)");
    Databases.run(live("notes"), "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)");
  }

  private void configure() throws Exception {
    disk = SmallDisk.mount(directory.resolve("copies"), 100); // On the data's own all is not well.
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        backups:
          databases:
            tasks: { path: tasks.db }
            notes: { path: notes.db }
          directory: { path: %s }
        features:
          schedule: { wanted: false, reason: cron takes them }
        """
            .formatted(disk.root()));
  }

  private void grow(int rows) throws Exception {
    String many =
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
            .formatted(rows);
    Databases.run(
        live("tasks"),
        many + " INSERT INTO task_metadata (title) SELECT 'task ' || i FROM n",
        "INSERT INTO tag (name) VALUES ('a tag')");
    Databases.run(live("notes"), many + " INSERT INTO entry (text) SELECT 'note ' || i FROM n");
  }

  /** Three weeks of work, with a day on which the machine was off. */
  private Capabilities history() throws Exception {
    ObedientClock clock = new ObedientClock(now.toString());
    Capabilities past = Workspaces.in(directory, clock, clock);
    Stream<Integer> days = Stream.of(21, 17, 14, 10, 9, 8, 7, 6, 5, 4, 3, 2).map(day -> day * 24);
    Stream<Integer> hours = IntStream.of(23, 22, 21, 20, 9, 8, 7, 6, 5, 4, 3, 2, 1).boxed();
    for (int age : Stream.concat(days, hours).toList()) {
      grow(age / 20 + 3);
      clock.moveTo(now.minus(Duration.ofHours(age)).toString());
      boolean manual = age == 72 || age == 5;
      past.dataBackup()
          .call(
              new DataBackup.Parameters(manual, manual ? "before the upgrade" : null, true),
              Progress.silent());
    }
    past.dataDrill().call(new DataDrill.Parameters(null, null, false, true), Progress.silent());
    return past;
  }

  @Test
  void fresh() throws Exception {
    databases();
    Chromium page = visit();
    page.await(By.id("fix-configuration-written"));
    page.look("fresh");
    page.forgetConsole();
  }

  @Test
  void healthyAndDetails() throws Exception {
    databases();
    configure();
    history();
    Chromium page = visit();
    page.press("back-up-now");
    page.awaitText(By.id("status"), "is taken");
    page.awaitText(By.cssSelector(".card .state"), "All is well");

    page.look("healthy");
    page.press("all-snapshots");
    assertThat(page.focused()).startsWith("details-");
    page.press(By.cssSelector("[id^='details-']"));
    page.awaitText(By.id("dialog"), "task_metadata");
    page.look("details");
  }

  @Test
  void running() throws Exception {
    databases();
    configure();
    history();
    Chromium page = visit();
    try (Obstacle obstacle = new Obstacle(directory.resolve(".data/backups"), live("notes"))) {
      page.press("back-up-now");
      obstacle.awaitSnapshotBegun();
      page.await(By.cssSelector("#backup-progress progress"));
      page.look("running");
      obstacle.giveWay();
      page.awaitText(By.id("status"), "is taken");
    }
  }

  @Test
  void failed() throws Exception {
    databases();
    configure();
    history();
    Files.move(directory.resolve(".data/db"), directory.resolve(".data/elsewhere"));
    Chromium page = visit();
    page.press("back-up-now");
    page.await(By.cssSelector("#backup-progress .problem"));
    page.press("look-again");
    page.awaitText(By.id("cards"), "failed");
    page.look("failed");
    page.forgetConsole();
  }

  @Test
  void alarmAndPhone() throws Exception {
    databases();
    configure();
    Capabilities past = history();
    Databases.run(live("tasks"), "DELETE FROM task_metadata WHERE id % 7 > 0");
    past.dataBackup().call(new DataBackup.Parameters(false, null, true), Progress.silent());
    Chromium page = visit();
    page.awaitText("Data looks lost");
    page.look("alarm");
    page.press(By.cssSelector("[id^='lost-']"));
    page.await(By.cssSelector("#alarms table"));
    page.look("alarm-what-was-lost");
    page.press(By.cssSelector("[id^='rescue-']"));
    page.await(By.id("confirm"));
    page.look("rescue-plan");
    page.press("dialog-close");
    page.press(By.cssSelector("[id^='ack-']"));
    page.await(By.cssSelector("[id^='why-']"));
    page.resize(390, 844);
    page.look("phone");
    assertThat(page.overflow()).isLessThanOrEqualTo(0);
  }

  @Test
  void restoreStepByStep() throws Exception {
    databases();
    configure();
    history();
    Databases.run(live("tasks"), "DELETE FROM task_metadata WHERE id % 3 = 0");
    grow(4);
    Chromium page = visit();
    page.press(By.cssSelector("[id^='restore-snap-']"));
    String id = page.await(By.cssSelector("label[for='confirm-id'] code")).getText();
    page.look("restore-plan");
    page.find("confirm-id").sendKeys(id);
    page.press("confirm");
    page.awaitText("The data is back, and checked");
    page.look("restore-result");
    page.press("undo");
    page.await(By.id("confirm"));
    page.look("rollback-plan");
    page.press("confirm");
    page.awaitText("What the restore replaced is back");
    page.look("rollback-result");
  }

  @Test
  void restoreThatAGuardRefuses() throws Exception {
    databases();
    configure();
    history();
    Files.move(directory.resolve(".data/db"), directory.resolve(".data/shop"));
    String config = Files.readString(directory.resolve("config.yaml"));
    Files.writeString(directory.resolve("config.yaml"), "paths: { db_dir: shop }\n" + config);
    Chromium page = visit();
    page.press(By.cssSelector("[id^='restore-snap-']"));
    page.await(By.id("overrule"));
    page.look("restore-refused");
    page.press("overrule");
    page.await(By.id("force"));
    page.look("restore-forced");
    page.forgetConsole();
  }
}
