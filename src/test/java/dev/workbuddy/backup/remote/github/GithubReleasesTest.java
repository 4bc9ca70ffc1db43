package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContract;
import dev.workbuddy.backup.remote.TestPlace;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

/** The contract of all remotes, with the real {@code gh}. */
class GithubReleasesTest extends RemoteContract {
  @BeforeAll
  static void needGh() {
    Tools.require("gh");
  }

  @Override
  protected TestPlace open(Path directory) throws Exception {
    return new GithubPlace(directory, clock);
  }

  @Override
  protected boolean tellsChangesForFree() {
    return true;
  }
}
