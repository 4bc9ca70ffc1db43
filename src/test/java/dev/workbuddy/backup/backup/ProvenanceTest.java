package dev.workbuddy.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manifest names the application's code, as its git checkout shows it. */
@Timeout(60)
class ProvenanceTest {
  @TempDir Path scratch;

  @Test
  void run_cleanCheckout_namesCommitAndBranch() throws Exception {
    Manifest manifest = takeAfter(this::commit);
    assertThat(manifest.workBuddyCommit()).isEqualTo(git("rev-parse", "HEAD"));
    assertThat(manifest.workBuddyBranch()).isEqualTo("trunk/größe");
    assertThat(manifest.workBuddyDirty()).isFalse();
    assertThat(manifest.workBuddyVersion()).isEqualTo("4.5.6");
  }

  @Test
  void run_changedCheckout_isDirty() throws Exception {
    Manifest manifest =
        takeAfter(
            () -> {
              commit();
              Files.writeString(application().resolve("pyproject.toml"), "version = \"9\"\n");
            });
    assertThat(manifest.workBuddyCommit()).isEqualTo(git("rev-parse", "HEAD"));
    assertThat(manifest.workBuddyDirty()).isTrue();
    assertThat(manifest.workBuddyVersion()).isEqualTo("9");
  }

  @Test
  void run_detachedHead_hasACommitAndNoBranch() throws Exception {
    Manifest manifest =
        takeAfter(
            () -> {
              commit();
              git("checkout", "-q", "--detach");
            });
    assertThat(manifest.workBuddyCommit()).isEqualTo(git("rev-parse", "HEAD"));
    assertThat(manifest.workBuddyBranch()).isNull();
    assertThat(manifest.workBuddyDirty()).isFalse();
  }

  @Test
  void run_checkoutWithoutACommit_claimsNone() throws Exception {
    Manifest manifest = takeAfter(() -> git("init", "-q", "-b", "trunk"));
    assertThat(manifest.workBuddyCommit()).isNull();
    assertThat(manifest.workBuddyDirty()).isNull();
  }

  @Test
  void run_noCheckout_claimsNothing() throws Exception {
    Manifest manifest = takeAfter(() -> {});
    assertThat(manifest.workBuddyVersion()).isNull();
    assertThat(manifest.workBuddyCommit()).isNull();
    assertThat(manifest.workBuddyBranch()).isNull();
    assertThat(manifest.workBuddyDirty()).isNull();
  }

  private interface Preparation {
    void run() throws Exception;
  }

  private Manifest takeAfter(Preparation preparation) throws Exception {
    Tools.require("git");
    Scene scene = Scene.five(scratch).withDatabases();
    preparation.run();
    return Scene.manifest(scene.take());
  }

  private Path application() {
    return scratch.resolve("application");
  }

  private void commit() throws Exception {
    git("init", "-q", "-b", "trunk/größe");
    Files.writeString(application().resolve("pyproject.toml"), "version = \"4.5.6\"\n");
    git("add", ".");
    git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--no-gpg-sign", "-m", "one");
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Tools.run(application(), command).strip();
  }
}
