package dev.workbuddy.backup.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Over WebDAV, where there are no checksums: what was sent is read back. */
class RcloneWebdavTest extends RemoteContract {
  /** This server answers that the method is not allowed, whatever went wrong. */
  @Override
  protected TestPlace open(Path directory) throws IOException {
    return new RclonePlace(directory, new Webdav(), RemoteFault.FAILED);
  }

  /** These servers read each directory anew, one request for each. */
  @Override
  protected int many() {
    return 200;
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
