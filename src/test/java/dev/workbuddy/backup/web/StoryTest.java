package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The whole story, told with nothing but the page. */
class StoryTest {
  private static final By STATE = By.cssSelector(".card .state");

  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  @BeforeAll
  static void needsABrowser() {
    Chromium.require();
    Tools.require("gh");
  }

  private Map<String, String> environment(GithubStandIn github) {
    Map<String, String> environment = new HashMap<>(github.environment(elsewhere, "ghp_alice"));
    environment.put("PATH", System.getenv("PATH"));
    return environment;
  }

  @Test
  void freshInstall_becomesHealthy_thenALossIsRestoredAndTheRestoreTakenBack() throws Exception {
    Path live = directory.resolve(".data/db/notes.db");
    Databases.run(
        live,
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)",
        "INSERT INTO entry (text) VALUES ('one'), ('two'), ('three')");
    Path hub = Files.createDirectory(elsewhere.resolve("github"));
    try (GithubStandIn github = GithubStandIn.start(hub, InstantSource.system())) {
      github.world().person("alice", "ghp_alice");
      try (Site site = new Site(directory, environment(github));
          Browser browser = new Browser()) {
        Chromium page = browser.open(site);
        page.visit();
        becomeHealthy(page);
        assertThat(
                github.world().<Boolean>inspect("alice/my-work-buddy-data", its -> its.isEmpty()))
            .isFalse();
        Databases.run(live, "DELETE FROM entry WHERE id > 1");
        restoreAndTakeBack(page, site);
      }
    }
  }

  /** What the page says is missing, one after the other. */
  private static void becomeHealthy(Chromium page) {
    page.press("fix-configuration-written");
    page.await(By.id("summary-github_backups"));
    page.unfold("schedule");
    page.press("prefer-schedule-unwanted");
    page.awaitText(By.id("status"), "Snapshots by themselves: do not.");
    page.unfold("github_backups");
    page.press("prefer-github_backups-wanted");
    page.awaitText(By.id("status"), "Copies on GitHub: use it.");
    page.press("fix-repo-configured");
    page.awaitText(By.id("status"), "a private repository is chosen: done.");
    page.awaitText(By.id("cards"), "with “Back up now”");
    page.press("back-up-now");
    page.awaitText(By.id("status"), "is taken.");
    page.press("fix-restore-rehearsed");
    page.awaitText(STATE, "All is well");
  }

  private static void restoreAndTakeBack(Chromium page, Site site) throws Exception {
    page.press(By.cssSelector("[id^='restore-snap-']"));
    String id = page.await(By.cssSelector("label[for='confirm-id'] code")).getText();
    page.find("confirm-id").sendKeys(id);
    page.press("confirm");
    page.awaitText("The data is back, and checked");
    page.awaitText(By.id("last-restore"), "Restored " + id);
    assertThat(site.texts()).containsExactly("one", "two", "three");
    page.press("undo");
    page.press("confirm");
    page.awaitText("What the restore replaced is back");
    page.awaitText(By.id("last-restore"), "The last restore was taken back");
    assertThat(site.texts()).containsExactly("one");
  }
}
