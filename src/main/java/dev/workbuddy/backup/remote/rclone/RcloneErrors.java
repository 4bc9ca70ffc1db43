package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells from what {@code rclone} complains about what is wrong. It passes on the words of each
 * store, so these are patterns; the first that fits counts.
 */
final class RcloneErrors {
  private static final int DIRECTORY_NOT_FOUND = 3;
  private static final int FILE_NOT_FOUND = 4;
  private static final int LONGEST_DETAIL = 300;
  private static final Pattern LOG_PREFIX =
      Pattern.compile("^\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2} (?:[A-Z]+ *: )?");

  /** An empty hint stands for a look at what there is. */
  private record Sign(RemoteFault fault, Pattern words, String hint) {}

  private static final List<Sign> SIGNS =
      List.of(
          sign(
              RemoteFault.UNCONFIGURED,
              "didn't find section in config file|unable to decrypt configuration"
                  + "|failed to load config|didn't find backend called",
              "`rclone listremotes` shows what rclone knows; `rclone config` adds to it."),
          sign(
              RemoteFault.DAMAGED,
              "decrypted block|bad magic string|too short to be encrypted|truncated block header",
              "The encrypted copy is damaged, or it was encrypted with another password than the"
                  + " one in `rclone config`. `wb-backup push` with its id replaces a damaged one,"
                  + " if the snapshot is on this machine; else choose another snapshot."),
          sign(
              RemoteFault.QUOTA,
              "no space left|too big for remaining disk space|not enough (?:free"
                  + " )?space|quota|insufficient.?storage|entitytoolarge|disk full|storage (?:is"
                  + " )?full",
              "Free some space there, or let retention keep less."),
          sign(
              RemoteFault.RATE_LIMITED,
              "429 too many|status code:"
                  + " 429|toomanyrequests|too_many_requests|ratelimitexceeded|rate limit"
                  + "|slowdown|throttl",
              "A later run tries again."),
          sign(
              RemoteFault.UNAUTHENTICATED,
              "unable to authenticate|401 unauthorized|status code: 401|invalidaccesskeyid"
                  + "|signaturedoesnotmatch|invalid_grant|token.{0,20}expired|couldn't fetch token",
              "`rclone config reconnect` or `rclone config` renews what it logs in with."),
          sign(
              RemoteFault.FORBIDDEN,
              "403 forbidden|status code: 403|access ?denied|permission"
                  + " denied|ssh_fx_permission_denied",
              "Give the login that rclone uses the right to write there; `rclone config` shows"
                  + " which it is."),
          sign(
              RemoteFault.NETWORK,
              "connection refused|no such host|connection reset|connection lost|broken pipe|network"
                  + " is unreachable|no route to host|i/o timeout|handshake|\\beof\\b|\\b50[0234]"
                  + " (?:internal|bad|service|gateway)|status code: 5\\d\\d|internalerror|temporary"
                  + " failure|server misbehaving|use of closed network|423 locked",
              "Check the line; a later run tries again."),
          sign(
              RemoteFault.NOT_FOUND,
              "directory not found|object not found|nosuchbucket|404 not found|doesn't exist",
              ""));

  private RcloneErrors() {}

  private static Sign sign(RemoteFault fault, String words, String hint) {
    return new Sign(fault, Pattern.compile(words, Pattern.CASE_INSENSITIVE), hint);
  }

  static Failed<String> explain(String name, String operation, Subprocess.Result result) {
    String detail = "%s: rclone %s: %s".formatted(name, operation, lastLine(result.stderr()));
    if (result.exitCode() == DIRECTORY_NOT_FOUND || result.exitCode() == FILE_NOT_FOUND) {
      return RemoteResult.failed(RemoteFault.NOT_FOUND, detail, RemoteListing.hint(name));
    }
    return SIGNS.stream()
        .filter(sign -> sign.words().matcher(result.stderr()).find())
        .findFirst()
        .map(
            sign ->
                RemoteResult.<String>failed(
                    sign.fault(),
                    detail,
                    sign.hint().isEmpty() ? RemoteListing.hint(name) : sign.hint()))
        .orElseGet(
            () ->
                RemoteResult.failed(
                    RemoteFault.FAILED, detail, "Try the same with rclone in a terminal."));
  }

  /** Its last complaint sums up the others. */
  private static String lastLine(String stderr) {
    String last = stderr.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    String words = LOG_PREFIX.matcher(last).replaceFirst("").strip();
    return words.length() <= LONGEST_DETAIL ? words : words.substring(0, LONGEST_DETAIL) + "…";
  }
}
