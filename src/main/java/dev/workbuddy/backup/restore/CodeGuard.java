package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.GitCheckout;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares the application's commit that a snapshot names with the checkout that is there now. Data
 * of a branch that today's code does not come from may mean something else to it.
 */
final class CodeGuard {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

  private final GitCheckout git;

  CodeGuard(Path application) {
    this.git = new GitCheckout(application);
  }

  /**
   * What the user should know; nothing where the application is no checkout.
   *
   * @throws BackupException {@code commit-not-ancestor}, unless forced
   */
  List<String> check(Manifest manifest, boolean force) {
    if (git.isUnreadable()) {
      return List.of(
          "git cannot read the application's checkout (`git status` says why), so nothing tells"
              + " whether its code is the snapshot's");
    }
    if (git.ask("rev-parse", "--verify", "--quiet", "HEAD").isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    String commit = manifest.workBuddyCommit();
    if (commit == null) {
      warnings.add("the snapshot does not say which commit of the application it was taken under");
    } else if (!isKnown(commit)) {
      warnings.add(
          "the commit that the snapshot was taken under is not in the application's checkout: "
              + shown(commit));
    } else if (!isAncestor(commit)) {
      warnings.addAll(notAncestor(commit, force));
    }
    if (Boolean.TRUE.equals(manifest.workBuddyDirty())) {
      warnings.add("the application had uncommitted changes when the snapshot was taken");
    }
    return warnings;
  }

  private boolean isKnown(String commit) {
    return COMMIT.matcher(commit).matches()
        && git.ask("cat-file", "-e", commit + "^{commit}").isPresent();
  }

  /** Only a clear no counts as one. */
  private boolean isAncestor(String commit) {
    return git.exitCode("merge-base", "--is-ancestor", commit, "HEAD").orElse(0) != 1;
  }

  private List<String> notAncestor(String commit, boolean force) {
    String text =
        "the snapshot was taken under commit %s, which today's code does not come from"
            .formatted(shown(commit));
    if (git.ask("rev-parse", "--is-shallow-repository").filter("true"::equals).isPresent()) {
      return List.of(text + ", as far as this shallow checkout shows");
    }
    if (!force) {
      throw new BackupException(
          ErrorCode.COMMIT_NOT_ANCESTOR,
          text,
          "Check out code that descends from it, or use --force if its data fits today's code."
              + " Nothing was changed.");
    }
    return List.of(text + "; restored anyway (--force)");
  }

  private static String shown(String commit) {
    return COMMIT.matcher(commit).matches()
        ? commit.substring(0, Math.min(12, commit.length()))
        : "not a commit's name";
  }
}
