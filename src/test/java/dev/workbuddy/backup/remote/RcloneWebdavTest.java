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

/** Over WebDAV, where there are no checksums: what was sent is read back. */
@SuppressWarnings("NullAway.Init") // Served before the first test.
class RcloneWebdavTest extends RemoteContract {
  private static RclonePlace.Served served;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Tools.require("rclone");
    served = RclonePlace.Served.start(new Webdav(), directory);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** This server answers that the method is not allowed, whatever went wrong. */
  @Override
  protected TestPlace open(Path directory) {
    return new RclonePlace(directory, served, RemoteFault.FAILED);
  }

  /** These servers read each directory anew, one request for each. */
  @Override
  protected int many() {
    return 60;
  }

  private static final class Webdav implements RclonePlace.Server {
    @Override
    public LoopbackServer start(Path directory) throws IOException {
      return LoopbackServer.rclone("webdav", directory, List.of());
    }

    @Override
    public Map<String, String> remote(int port) {
      return Map.of("TYPE", "webdav", "URL", "http://127.0.0.1:" + port, "VENDOR", "other");
    }
  }
}
