package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The git checkout that a directory is in, if it is in one. Answers are for information: where
 * there is no git, no checkout or no answer in time, there is none.
 */
public final class GitCheckout {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Set by git for its hooks; they would make it look at another repository. */
  private static final Set<String> MISLEADING =
      Set.of(
          "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY");

  private final Path directory;

  public GitCheckout(Path directory) {
    this.directory = directory;
  }

  /** What git prints, stripped, or empty where it does not end well. */
  public Optional<String> ask(String... arguments) {
    return run(arguments).filter(Subprocess.Result::ok).map(result -> result.stdout().strip());
  }

  /** How git ends, or empty where it cannot be asked. */
  public Optional<Integer> exitCode(String... arguments) {
    return run(arguments).map(Subprocess.Result::exitCode);
  }

  /** Whether git, which is there, cannot read it: it is another user's, or broken. */
  public boolean isUnreadable() {
    return looksLikeOne() && exitCode("rev-parse", "--git-dir").orElse(0) != 0;
  }

  private boolean looksLikeOne() {
    Path place = directory.toAbsolutePath();
    while (place != null && !Files.exists(place.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      place = place.getParent();
    }
    return place != null;
  }

  private Optional<Subprocess.Result> run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      return Optional.of(
          Subprocess.run(command, directory, Map.of("GIT_OPTIONAL_LOCKS", "0"), MISLEADING, LIMIT));
    } catch (IOException notInstalled) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
