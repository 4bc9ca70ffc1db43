package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Over the S3 protocol, where nothing can be renamed and folders do not exist. */
@SuppressWarnings("NullAway.Init") // Served before the first test.
class RcloneS3Test extends RemoteContract {
  private static RclonePlace.Served served;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Tools.require("rclone");
    served = RclonePlace.Served.start(new S3(), directory);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** This server answers that it is out of order itself. */
  @Override
  protected TestPlace open(Path directory) {
    return new RclonePlace(directory, served, RemoteFault.NETWORK);
  }

  @Override
  protected boolean tellsChangesForFree() {
    return true;
  }

  /** More files than this protocol lists with one answer. */
  @Override
  protected int many() {
    return 340;
  }

  private static final class S3 implements RclonePlace.Server {
    @Override
    public LoopbackServer start(Path directory) throws IOException {
      return LoopbackServer.s3(directory, "me", "secret");
    }

    @Override
    public boolean keepsChecksums() {
      return true;
    }

    @Override
    public Map<String, String> remote(int port) {
      return Map.of(
          "TYPE", "s3",
          "PROVIDER", "Other",
          "ENDPOINT", "http://127.0.0.1:" + port,
          "ACCESS_KEY_ID", "me",
          "SECRET_ACCESS_KEY", "secret",
          "REGION", "us-east-1");
    }
  }
}
