package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** Over SFTP, where the server computes checksums. */
class RcloneSftpTest extends RemoteContract {
  private static String obscured = "";

  @BeforeAll
  static void obscurePassword() throws IOException {
    Tools.require("rclone");
    obscured = Tools.run(Path.of("."), List.of("rclone", "obscure", "secret")).strip();
  }

  @Override
  protected TestPlace open(Path directory) throws IOException {
    return new RclonePlace(directory, new Sftp(), RemoteFault.QUOTA);
  }

  /** These servers read each directory anew, one request for each. */
  @Override
  protected int many() {
    return 200;
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
