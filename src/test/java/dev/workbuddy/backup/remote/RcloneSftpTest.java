package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Over SFTP, where the server computes checksums. */
@SuppressWarnings("NullAway.Init") // Served before the first test.
class RcloneSftpTest extends RemoteContract {
  private static String obscured = "";
  private static RclonePlace.Served served;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Tools.require("rclone");
    obscured = Tools.run(Path.of("."), List.of("rclone", "obscure", "secret")).strip();
    served = RclonePlace.Served.start(new Sftp(), directory);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Override
  protected TestPlace open(Path directory) {
    return new RclonePlace(directory, served, RemoteFault.QUOTA);
  }

  /** These servers read each directory anew, one request for each. */
  @Override
  protected int many() {
    return 60;
  }

  private static final class Sftp implements RclonePlace.Server {
    @Override
    public LoopbackServer start(Path directory) throws IOException {
      return LoopbackServer.rclone("sftp", directory, List.of("--user", "me", "--pass", "secret"));
    }

    @Override
    public Map<String, String> remote(int port) {
      return Map.of(
          "TYPE", "sftp",
          "HOST", "127.0.0.1",
          "PORT", Integer.toString(port),
          "USER", "me",
          "PASS", obscured);
    }
  }
}
