package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot's data belongs to the code that wrote it, as far as git can tell. */
@Timeout(120)
class CodeGuardTest {
  @TempDir private Path root;
  private Site site;

  @BeforeEach
  void makeSite() throws Exception {
    Tools.require("git");
    site = Site.in(root).with(Site.TASKS);
    Databases.run(site.file(Site.TASKS), "CREATE TABLE a (b)");
  }

  private String git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@b"));
    command.addAll(List.of(arguments));
    return Tools.run(root, command).strip();
  }

  private void checkout() throws Exception {
    git("init", "-q", "-b", "trunk");
    Files.writeString(root.resolve(".gitignore"), "data/\n");
    git("add", ".");
    commit("one");
  }

  private void commit(String message) throws Exception {
    git("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", message);
  }

  @Test
  void restore_snapshotOfAnAncestor_isRestoredWithoutAWord() throws Exception {
    checkout();
    site.snapshot();
    commit("two");
    assertThat(site.restore("latest").warnings()).isEmpty();
  }

  @Test
  void restore_snapshotOfAnotherBranch_isRefusedUnlessForced() throws Exception {
    checkout();
    git("checkout", "-q", "-b", "side");
    commit("aside");
    String aside = git("rev-parse", "HEAD");
    site.snapshot();
    git("checkout", "-q", "trunk");
    commit("two");
    Map<String, String> before = site.untouchable();

    BackupException refusal = Refusals.of(() -> site.restore("latest"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.COMMIT_NOT_ANCESTOR);
    assertThat(refusal.code().status().exitCode()).isEqualTo(3);
    assertThat(refusal.text()).contains(aside.substring(0, 12));
    assertThat(site.untouchable()).isEqualTo(before);

    RestoreResult forced = site.restorer().run(Site.forced("latest"), Progress.silent());
    assertThat(forced.warnings()).singleElement().asString().contains("restored anyway (--force)");
    Path target = root.resolve("data/look");
    assertThat(site.restorer().run(Site.to("latest", target), Progress.silent()).warnings())
        .isEmpty();
  }

  @Test
  void restore_commitThatThisRepositoryDoesNotHave_warns() throws Exception {
    checkout();
    commit("only there");
    site.snapshot();
    DurableFiles.deleteTree(root.resolve(".git"));
    checkout();
    assertThat(site.restore("latest").warnings())
        .singleElement()
        .asString()
        .contains("is not in the application's checkout");
  }

  @Test
  void restore_snapshotWithoutACommit_warns() throws Exception {
    site.snapshot();
    checkout();
    assertThat(site.restore("latest").warnings())
        .singleElement()
        .asString()
        .contains("does not say which commit");
  }

  @Test
  void restore_snapshotOfADirtyTree_isNoted() throws Exception {
    checkout();
    Files.writeString(root.resolve("new file"), "not committed");
    site.snapshot();
    assertThat(site.restore("latest").warnings())
        .containsExactly("the application had uncommitted changes when the snapshot was taken");
  }

  @Test
  void restore_historyThatAShallowCheckoutDoesNotShow_warns() throws Exception {
    checkout();
    commit("two");
    site.snapshot();
    commit("three");
    String head = git("rev-parse", "HEAD");
    Files.writeString(root.resolve(".git/shallow"), head + "\n");
    assertThat(site.restore("latest").warnings())
        .singleElement()
        .asString()
        .contains("shallow checkout");
  }

  @Test
  void restore_noCheckout_saysNothing() throws Exception {
    checkout();
    site.snapshot();
    DurableFiles.deleteTree(root.resolve(".git"));
    assertThat(site.restore("latest").warnings()).isEmpty();
  }

  @Test
  void snapshotAndRestore_checkoutThatGitCannotRead_warn() throws Exception {
    checkout();
    site.snapshot();
    Files.writeString(root.resolve(".git/HEAD"), "garbage");
    assertThat(site.restore("latest").warnings())
        .singleElement()
        .asString()
        .startsWith("git cannot read the application's checkout");
    assertThat(site.snapshot().warnings())
        .anyMatch(text -> text.startsWith("the application's commit is not in the snapshot"));
  }

  @Test
  void snapshotAndRestore_checkoutWithoutACommit_sayNothing() throws Exception {
    git("init", "-q", "-b", "trunk");
    assertThat(site.snapshot().warnings()).isEmpty();
    assertThat(site.restore("latest").warnings()).isEmpty();
  }
}
