package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser in front of one site's page; {@link Browser} opens it. */
final class Chromium {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final By LOADED = By.cssSelector("body[data-ready]");

  private static final Path SHOTS = Path.of("target/page");
  private static final int TALLEST_SHOT = 1500;

  /** {@code -Dscreenshots=docs/images} renews the documentation's pictures, which are these. */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "fresh",
          "healthy",
          "healthy-dark",
          "details",
          "running",
          "failed",
          "alarm",
          "alarm-dark",
          "restore-plan",
          "restore-result",
          "restore-forced",
          "phone");

  private static final String FIND_SERIOUS =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ["violations"] })
        .then((found) => done(found.violations
          .filter((each) => each.impact === "serious" || each.impact === "critical")
          .flatMap((each) => each.nodes.map((node) =>
            `${each.id} at ${node.target.join(" ")}: ${node.failureSummary}`))))
        .catch((error) => done([String(error)]));
      """;

  final ChromeDriver driver;
  private final Site site;

  static void require() {
    Tools.require("chromium", "chromedriver");
  }

  Chromium(ChromeDriver driver, Site site) {
    this.driver = driver;
    this.site = site;
  }

  /** Opens the page as its start-up address does. */
  void visit() {
    driver.get(site.face.addressWithToken());
    await(LOADED);
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  private WebDriverWait waiting() {
    return new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS);
  }

  WebElement await(By what) {
    return waiting().until(ExpectedConditions.presenceOfElementLocated(what));
  }

  void awaitText(String text) {
    awaitText(By.tagName("body"), text);
  }

  /** Waits for a text; the page may draw the place anew meanwhile. */
  void awaitText(By where, String text) {
    waiting()
        .until(
            ExpectedConditions.refreshed(
                ExpectedConditions.textToBePresentInElementLocated(where, text)));
  }

  /** Presses what has this id, as soon as it can be pressed and stays where it is. */
  void press(String id) {
    press(By.id(id));
  }

  void press(By what) {
    until(
        () -> {
          WebElement found = driver.findElement(what);
          boolean enabled = found.isEnabled();
          if (enabled) {
            found.click();
          }
          return enabled;
        });
  }

  /** Unfolds a part of the card, where it is not. */
  void unfold(String component) {
    By summary = By.id("summary-" + component);
    until(
        () -> {
          WebElement part = driver.findElement(summary).findElement(By.xpath(".."));
          if (part.getDomAttribute("open") == null) {
            driver.findElement(summary).click();
          }
          return true;
        });
  }

  /** Tries until it is done; the page may draw the place anew meanwhile. */
  private void until(BooleanSupplier deed) {
    waiting()
        .ignoreAll(
            List.of(
                NoSuchElementException.class,
                StaleElementReferenceException.class,
                ElementNotInteractableException.class))
        .until(_ -> deed.getAsBoolean());
  }

  WebElement find(String id) {
    return driver.findElement(By.id(id));
  }

  String text(String id) {
    return find(id).getText();
  }

  /** The id of what has the focus. */
  String focused() {
    return String.valueOf(driver.switchTo().activeElement().getDomAttribute("id"));
  }

  /** How many pixels the page is wider than the window. */
  long overflow() {
    return number("return document.documentElement.scrollWidth - innerWidth");
  }

  /**
   * Looks at what is to be seen now, in light and in dark: nothing keeps anybody from using it, and
   * there is a picture of it.
   */
  void look(String name) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      Map<String, Object> preference = Map.of("name", "prefers-color-scheme", "value", scheme);
      driver.executeCdpCommand(
          "Emulation.setEmulatedMedia", Map.of("features", List.of(preference)));
      assertThat(seriousFaults()).as(name + " in " + scheme).isEmpty();
      shoot(scheme.equals("light") ? name : name + "-dark");
    }
  }

  private List<?> seriousFaults() throws IOException {
    driver.executeScript("if (!window.axe) {" + axe() + "\n}");
    return (List<?>) Objects.requireNonNull(driver.executeAsyncScript(FIND_SERIOUS));
  }

  private static String axe() throws IOException {
    try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(script, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The page from its top, or what covers it as it is seen in the window. */
  private void shoot(String name) throws IOException {
    boolean covered = !driver.findElements(By.cssSelector("dialog[open]")).isEmpty();
    driver.executeScript("document.getElementById('status').textContent = ''");
    String picture =
        String.valueOf(
            driver
                .executeCdpCommand(
                    "Page.captureScreenshot",
                    covered
                        ? Map.of("format", "png")
                        : Map.of("format", "png", "captureBeyondViewport", true, "clip", top()))
                .get("data"));
    byte[] png = Pictures.small(Base64.getDecoder().decode(picture));
    write(SHOTS, name, png);
    String further = System.getProperty("screenshots");
    if (further != null && DOCUMENTED.contains(name)) {
      write(Path.of(further), name, png);
    }
  }

  private Map<String, Object> top() {
    long width = number("return document.documentElement.clientWidth");
    long height = number("return document.documentElement.scrollHeight");
    return Map.of(
        "x", 0, "y", 0, "width", width, "height", Math.min(height, TALLEST_SHOT), "scale", 1);
  }

  private long number(String question) {
    return ((Number) Objects.requireNonNull(driver.executeScript(question))).longValue();
  }

  private static void write(Path place, String name, byte[] png) throws IOException {
    Files.createDirectories(place);
    Files.write(place.resolve(name + ".png"), png);
  }

  /** Whatever the page asked its server and others for, since it was opened. */
  List<String> askedFor() {
    return ((List<?>)
            Objects.requireNonNull(
                driver.executeScript(
                    "return performance.getEntriesByType('resource').map((each) => each.name)")))
        .stream().map(String::valueOf).toList();
  }

  /** What the server refuses is told there, too. */
  void forgetConsole() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  void assertQuietConsole() {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }
}
