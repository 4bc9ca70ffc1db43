package dev.workbuddy.backup.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One real browser for all tests of a class, each of which begins as if it were a new one. */
final class Browser implements AutoCloseable {
  private static final Dimension WINDOW = new Dimension(1100, 900);

  private final ChromeDriver driver;

  Browser() {
    Chromium.require();
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
    driver = new ChromeDriver(service, options);
  }

  private static String program(String name) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  /**
   * A window at nothing yet, for one site: of those before it nothing is left, neither their window
   * nor cookies, stored data, cached files or words on the console.
   */
  Chromium open(Site site) {
    String former = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.WINDOW);
    String fresh = driver.getWindowHandle();
    driver.switchTo().window(former).close();
    driver.switchTo().window(fresh);
    driver.manage().window().setSize(WINDOW);
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", site.face.address(), "storageTypes", "all"));
    Chromium page = new Chromium(driver, site);
    page.forgetConsole();
    return page;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
