package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.catalog.FolderRemotes;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the real rclone from its store, each told in its own way. */
@Timeout(60)
class RcloneTroubleTest {
  @TempDir private Path scratch;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void keepFromTheUsersConfiguration() throws IOException {
    environment.putAll(LoopbackServer.quiet(scratch.resolve("x")));
    environment.put("RCLONE_CONFIG_T_TYPE", "webdav");
    environment.put("RCLONE_CONFIG_T_VENDOR", "other");
  }

  private Failed<?> failure(String remote) throws Exception {
    ObedientClock clock = new ObedientClock("2026-11-22T10:00:00Z");
    Path passing = Files.createDirectories(scratch.resolve("passing"));
    RemoteContext context =
        new RemoteContext(
            "m",
            Origin.of("m", Path.of("/data")),
            environment,
            passing,
            clock,
            clock,
            new Random(1),
            1 << 20);
    RemoteResult<?> listed = FolderRemotes.rclone(remote, context).list();
    assertThat(listed).isInstanceOf(Failed.class);
    RemoteResult<?> checked = FolderRemotes.rclone(remote, context).check();
    assertThat(checked).isInstanceOf(Failed.class);
    assertThat(((Failed<?>) listed).hint()).isNotBlank();
    assertThat(((Failed<?>) checked).fault()).isEqualTo(((Failed<?>) listed).fault());
    return (Failed<?>) listed;
  }

  @Test
  void list_rcloneNotInstalled_isMissingTool() throws Exception {
    environment.put("PATH", scratch.toString());
    assertThat(failure("T:x").fault()).isEqualTo(RemoteFault.MISSING_TOOL);
    assertThat(failure("T:x").hint()).contains("Install rclone");
  }

  @Test
  void list_remoteUnknownToRclone_isUnconfigured() throws Exception {
    Tools.require("rclone");
    assertThat(failure("nosuch:x").fault()).isEqualTo(RemoteFault.UNCONFIGURED);
  }

  @Test
  void list_nobodyListens_isNetwork() throws Exception {
    Tools.require("rclone");
    environment.put("RCLONE_CONFIG_T_URL", "http://127.0.0.1:" + freePort());
    assertThat(failure("T:x").fault()).isEqualTo(RemoteFault.NETWORK);
  }

  @Test
  void list_noSuchHost_isNetwork() throws Exception {
    Tools.require("rclone");
    environment.put("RCLONE_CONFIG_T_URL", "http://nosuch.invalid");
    assertThat(failure("T:x").fault()).isEqualTo(RemoteFault.NETWORK);
  }

  @Test
  void list_wrongPassword_isUnauthenticated() throws Exception {
    Path root = Files.createDirectories(scratch.resolve("served/root"));
    try (LoopbackServer server =
        LoopbackServer.rclone("webdav", root, List.of("--user", "me", "--pass", "right"))) {
      environment.put("RCLONE_CONFIG_T_URL", "http://127.0.0.1:" + server.port());
      environment.put("RCLONE_CONFIG_T_USER", "me");
      environment.put(
          "RCLONE_CONFIG_T_PASS",
          Tools.run(scratch, List.of("rclone", "obscure", "wrong")).strip());
      assertThat(failure("T:x").fault()).isEqualTo(RemoteFault.UNAUTHENTICATED);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
