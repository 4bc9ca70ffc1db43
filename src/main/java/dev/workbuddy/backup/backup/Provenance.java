package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.io.GitCheckout;
import dev.workbuddy.backup.io.UserFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which code of the application was there when the snapshot was taken; each part is null where it
 * is not known. It informs; nothing fails for want of it.
 */
record Provenance(
    @Nullable String version,
    @Nullable String commit,
    @Nullable String branch,
    @Nullable Boolean dirty) {
  private static final int MAX_PROJECT_FILE = 1 << 20;
  private static final List<VersionSource> VERSION_SOURCES =
      List.of(
          new VersionSource(
              "pyproject.toml", Pattern.compile("(?m)^\\s*version\\s*=\\s*\"([^\"]+)\"")),
          new VersionSource("package.json", Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"")));

  private record VersionSource(String file, Pattern version) {}

  /** Asks git, and the project's own file, in the application's directory. */
  static Provenance of(Path application) {
    GitCheckout git = new GitCheckout(application);
    Optional<String> commit = git.ask("rev-parse", "HEAD");
    return new Provenance(
        version(application),
        commit.orElse(null),
        git.ask("symbolic-ref", "--short", "--quiet", "HEAD").orElse(null),
        commit
            .flatMap(known -> git.ask("status", "--porcelain"))
            .map(changes -> !changes.isEmpty())
            .orElse(null));
  }

  private static @Nullable String version(Path application) {
    for (VersionSource source : VERSION_SOURCES) {
      Matcher matcher = source.version().matcher(content(application.resolve(source.file())));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private static String content(Path file) {
    try {
      return new UserFile(file, MAX_PROJECT_FILE).text();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
