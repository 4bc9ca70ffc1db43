package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as somebody sees it who never opens a terminal. */
class BrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final By LOADED = By.cssSelector("body[data-ready]");

  @TempDir private Path directory;
  private @Nullable Site opened;
  private Site site;
  private @Nullable ChromeDriver started;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws Exception {
    Tools.require("chromium", "chromedriver");
    site = new Site(directory);
    opened = site;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-proxy-server");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.WARNING);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(program("chromedriver")))
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
    started = browser;
  }

  private static String program(String name) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  @AfterEach
  void close() {
    if (started != null) {
      started.quit();
    }
    if (opened != null) {
      opened.close();
    }
  }

  private void visit() {
    browser.get(site.face.addressWithToken());
    await(LOADED);
  }

  private WebElement await(By what) {
    return new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.presenceOfElementLocated(what));
  }

  private void awaitText(String text) {
    new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
  }

  private void shoot(String name) throws Exception {
    Path shots = Files.createDirectories(Path.of("target/page"));
    Files.write(shots.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }

  private void assertQuietConsole() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void newcomer_seesStates_andTakesASnapshotWithTheKeyboardAlone() throws Exception {
    visit();
    assertThat(browser.getCurrentUrl()).isEqualTo(site.face.address());
    awaitText("There is no snapshot yet");
    assertThat(browser.findElement(By.id("cards")).getText()).contains("Backups", "What to do");
    assertThat(browser.findElements(By.cssSelector("details.part"))).hasSizeGreaterThan(2);
    shoot("empty");

    for (int i = 0; i < 40 && !focused().equals("back-up-now"); i++) {
      browser.switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertThat(focused()).isEqualTo("back-up-now");
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    WebElement restore = await(By.cssSelector("[id^='restore-snap-']"));
    assertThat(restore.getAccessibleName()).startsWith("Restore snap-");
    assertThat(focused()).isEqualTo("back-up-now");
    awaitText("Last run");
    shoot("healthy");
    assertQuietConsole();
  }

  private String focused() {
    return String.valueOf(browser.switchTo().activeElement().getDomAttribute("id"));
  }

  @Test
  void loss_isRestoredByTypingTheId_andTheRestoreTakenBack() throws Exception {
    String id = site.call("data_backup", Map.of("push", false)).get("snapshot_id").stringValue();
    Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");
    visit();
    await(By.id("restore-" + id)).click();
    WebElement typed = await(By.id("confirm-id"));
    assertThat(browser.findElement(By.id("dialog")).getText()).contains("notes.entry");
    assertThat(browser.findElement(By.id("confirm")).isEnabled()).isFalse();
    typed.sendKeys("snap-something-else");
    assertThat(browser.findElement(By.id("confirm")).isEnabled()).isFalse();
    shoot("plan");
    typed.clear();
    typed.sendKeys(id);
    browser.findElement(By.id("confirm")).click();
    awaitText("The data is back, and checked");
    assertThat(site.texts()).containsExactly("one", "two", "three");
    shoot("restored");
    browser.findElement(By.id("undo")).click();
    await(By.id("confirm")).click();
    awaitText("What the restore replaced is back");
    assertThat(site.texts()).containsExactly("one");
    assertQuietConsole();
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
    browser.manage().window().setSize(new Dimension(390, 844));
    visit();
    awaitText("Data looks lost");
    assertThat(browser.findElements(By.cssSelector("#curves .drop-mark"))).isNotEmpty();
    assertThat(
            (Long)
                browser.executeScript("return document.documentElement.scrollWidth - innerWidth"))
        .isLessThanOrEqualTo(0);
    shoot("alarm-phone");
    browser.findElement(By.cssSelector("[id^='lost-']")).click();
    awaitText("row 10");
    browser.findElement(By.cssSelector("[id^='rescue-']")).click();
    await(By.id("confirm")).click();
    awaitText("The rows are back");
    assertThat(site.texts()).hasSize(894);
    assertQuietConsole();
  }
}
