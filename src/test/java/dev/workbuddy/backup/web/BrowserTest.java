package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as somebody sees it who never opens a terminal. */
class BrowserTest {
  @AutoClose private static @Nullable Browser shared;

  @TempDir private Path directory;
  private Site site;
  private Chromium browser;

  @BeforeAll
  static void openBrowser() {
    shared = new Browser();
  }

  @BeforeEach
  void open() throws Exception {
    site = new Site(directory);
    browser = Objects.requireNonNull(shared).open(site);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void newcomer_seesStates_andTakesASnapshotWithTheKeyboardAlone() throws Exception {
    browser.visit();
    assertThat(browser.driver.getCurrentUrl()).isEqualTo(site.face.address());
    browser.awaitText("There is no snapshot yet");
    assertThat(browser.driver.findElement(By.id("cards")).getText())
        .contains("Backups", "What to do");
    assertThat(browser.driver.findElements(By.cssSelector("details.part"))).hasSizeGreaterThan(2);

    for (int i = 0; i < 40 && !browser.focused().equals("back-up-now"); i++) {
      browser.driver.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertThat(browser.focused()).isEqualTo("back-up-now");
    browser.driver.switchTo().activeElement().sendKeys(Keys.ENTER);
    WebElement restore = browser.await(By.cssSelector("[id^='restore-snap-']"));
    assertThat(restore.getAccessibleName()).startsWith("Restore snap-");
    assertThat(browser.focused()).isEqualTo("back-up-now");
    browser.awaitText("Last run");
    browser.assertQuietConsole();
  }

  @Test
  void loss_isRestoredByTypingTheId_andTheRestoreTakenBack() throws Exception {
    String id = site.call("data_backup", Map.of("push", false)).get("snapshot_id").stringValue();
    Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");
    browser.visit();
    browser.await(By.id("restore-" + id)).click();
    WebElement typed = browser.await(By.id("confirm-id"));
    assertThat(browser.driver.findElement(By.id("dialog")).getText()).contains("notes.entry");
    assertThat(browser.driver.findElement(By.id("confirm")).isEnabled()).isFalse();
    typed.sendKeys("snap-something-else");
    assertThat(browser.driver.findElement(By.id("confirm")).isEnabled()).isFalse();
    typed.clear();
    typed.sendKeys(id);
    browser.driver.findElement(By.id("confirm")).click();
    browser.awaitText("The data is back, and checked");
    assertThat(site.texts()).containsExactly("one", "two", "three");
    browser.driver.findElement(By.id("undo")).click();
    browser.await(By.id("confirm")).click();
    browser.awaitText("What the restore replaced is back");
    assertThat(site.texts()).containsExactly("one");
    browser.assertQuietConsole();
  }

  @Test
  void massDeletion_isSeenAndBroughtBack_onAPhone() throws Exception {
    Databases.run(
        site.live(),
        "WITH RECURSIVE n(i) AS (VALUES (10) UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
            + " INSERT INTO entry SELECT i, 'row ' || i FROM n");
    site.call("data_backup", Map.of("push", false));
    Databases.run(site.live(), "DELETE FROM entry WHERE id > 3");
    site.call("data_backup", Map.of("push", false));
    browser.resize(390, 844);
    browser.visit();
    browser.awaitText("Data looks lost");
    assertThat(browser.driver.findElements(By.cssSelector("#curves .drop-mark"))).isNotEmpty();
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    browser.driver.findElement(By.cssSelector("[id^='lost-']")).click();
    browser.awaitText("row 10");
    browser.driver.findElement(By.cssSelector("[id^='rescue-']")).click();
    browser.await(By.id("confirm")).click();
    browser.awaitText("The rows are back");
    assertThat(site.texts()).hasSize(894);
    browser.assertQuietConsole();
  }
}
