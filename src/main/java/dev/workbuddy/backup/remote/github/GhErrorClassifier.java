package dev.workbuddy.backup.remote.github;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code gh} complained about, classified by what its versions and GitHub are known to say.
 * The wording depends on the version, the command and even on which of two parallel requests failed
 * first, so only patterns count.
 */
record GhErrorClassifier(int exitCode, String text) {
  private static final int NOT_LOGGED_IN = 4;
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"')]*");
  private static final int LONGEST_TEXT = 400;

  private static final Pattern LIMIT =
      pattern("rate limit|HTTP 429|429 Too Many Requests|temporarily blocked");
  private static final Pattern FORBIDDEN = pattern("HTTP 403|403 Forbidden");

  /** Where contents lie; GitHub hands out links to them that expire. */
  private static final String OBJECT_HOSTS =
      "release-assets|objects|githubusercontent|amazonaws|blob\\.core";

  /** What to do with a repository that cannot be written any more. */
  static final String ARCHIVED =
      "Unarchive it on GitHub (Settings, Danger Zone); or set backups.github.repo to another one."
          + " What is in it can still be restored.";

  /**
   * A kind of complaint: what it is recognised by, what it is, and what the user can do; empty
   * where a look at what there is helps.
   */
  private record Kind(Pattern pattern, RemoteFault fault, String hint) {}

  private static final Kind TOO_SLOW =
      new Kind(
          pattern(""),
          RemoteFault.TIMEOUT,
          "Look at the network, and at https://githubstatus.com; then try again.");

  private static final Kind LOGGED_OUT =
      new Kind(
          pattern("gh auth login$|not logged in|set the GH_TOKEN environment variable"),
          RemoteFault.UNAUTHENTICATED,
          "Log in with `gh auth login`, as the user who runs wb-backup.");

  /** The first that fits counts. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              pattern("no space left on device|not enough space on the disk|quota exceeded"),
              RemoteFault.QUOTA,
              "Free some space on this machine's disk."),
          new Kind(
              pattern("size must be less than"),
              RemoteFault.QUOTA,
              "GitHub takes no file this long: report this as a bug of wb-backup."),
          new Kind(
              pattern("HTTP 401|401 Unauthorized|Bad credentials"),
              RemoteFault.UNAUTHENTICATED,
              "The login is no longer valid: renew it with `gh auth login`; `gh auth status` shows"
                  + " which login is used."),
          new Kind(
              pattern("needs the \"[^\"]+\" scope"),
              RemoteFault.FORBIDDEN,
              "Let gh ask for the scope: `gh auth refresh -s repo`."),
          new Kind(
              pattern("SAML enforcement|SAML SSO|single sign-on"),
              RemoteFault.FORBIDDEN,
              "The organization wants its single sign-on: let the login in with"
                  + " `gh auth refresh`, or authorize the token on GitHub (Settings, Developer"
                  + " settings, Configure SSO)."),
          new Kind(pattern("was archived|is archived"), RemoteFault.REFUSED, ARCHIVED),
          new Kind(
              pattern("HTTP 403[^\\n]*\\(https?://[^/)]*(?:" + OBJECT_HOSTS + ")"),
              RemoteFault.NETWORK,
              "The link to the file is good for a few minutes only: try again."),
          new Kind(
              FORBIDDEN,
              RemoteFault.FORBIDDEN,
              "The login may not do that: it needs write access to the repository's contents."
                  + " `gh auth status` shows which login is used."),
          LOGGED_OUT,
          new Kind(
              pattern("immutable release"),
              RemoteFault.REFUSED,
              "The repository's releases are immutable: what is wrong in one cannot be mended."
                  + " Delete that release on GitHub, or switch immutability off."),
          new Kind(
              pattern("Repository is empty"),
              RemoteFault.UNCONFIGURED,
              "Give the repository its first commit, for example a README."),
          new Kind(
              pattern(
                  "ReleaseAsset\\.name already exists|HTTP 5\\d\\d|status code: 5\\d\\d|50\\d"
                      + " Bad|invalid character '<'|unexpected end of JSON|Something went wrong"),
              RemoteFault.NETWORK,
              "GitHub did not answer as it should; https://githubstatus.com tells more. Try again"
                  + " later: what is there already is not sent again."),
          new Kind(
              pattern("proxyconnect"),
              RemoteFault.NETWORK,
              "The proxy does not let gh through: check the variables HTTPS_PROXY and NO_PROXY."),
          new Kind(
              pattern("error connecting to|no such host|server misbehaving|name resolution"),
              RemoteFault.NETWORK,
              "GitHub's name cannot be resolved: check the network and DNS; try again later."),
          new Kind(
              pattern("x509|certificate"),
              RemoteFault.FAILED,
              "The connection is not trusted: check the clock, and the certificate of any proxy in"
                  + " between (SSL_CERT_FILE)."),
          new Kind(
              pattern(
                  "connection refused|connection reset|broken pipe|EOF|timeout|timed out"
                      + "|unreachable|use of closed|deadline exceeded|no route to host"
                      + "|network is down|GOAWAY|stream error"),
              RemoteFault.NETWORK,
              "Check the network; try again later: what is there already is not sent again."),
          new Kind(
              pattern(
                  "release not found|Could not resolve to a Release|no assets (?:match|to"
                      + " download)"),
              RemoteFault.NOT_FOUND,
              ""),
          new Kind(
              pattern("HTTP 404|404 Not Found|Could not resolve to a Repository"),
              RemoteFault.NOT_FOUND,
              "This login sees no such repository: check its name and `gh auth status`, or create"
                  + " it with `gh repo create OWNER/NAME --private --add-readme`."));

  private static final Kind OTHER =
      new Kind(
          pattern(""),
          RemoteFault.FAILED,
          "Try it again; `gh auth status` and https://githubstatus.com may tell more.");

  static GhErrorClassifier of(Subprocess.Result result) {
    return new GhErrorClassifier(result.exitCode(), result.stderr().strip());
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(text, CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  boolean says(String words) {
    return text.contains(words);
  }

  boolean isRateLimit() {
    return LIMIT.matcher(text).find();
  }

  /** GitHub answers 403 for limits too, and some commands do not pass on its words. */
  boolean mayBeRateLimit() {
    return isRateLimit() || FORBIDDEN.matcher(text).find();
  }

  <T> RemoteResult.Failed<T> asFailure(String what, String place) {
    Kind kind = kind();
    String hint = kind.hint().isEmpty() ? RemoteListing.hint(place) : kind.hint();
    return RemoteResult.failed(kind.fault(), detail(what, place), hint);
  }

  private Kind kind() {
    return switch (exitCode) {
      case -1 -> TOO_SLOW;
      case NOT_LOGGED_IN -> LOGGED_OUT;
      default ->
          KINDS.stream()
              .filter(kind -> kind.pattern().matcher(text).find())
              .findFirst()
              .orElse(OTHER);
    };
  }

  /** Without the queries of addresses: those of downloads are signed. */
  String detail(String what, String place) {
    return "cannot %s in %s: %s".formatted(what, place, reason());
  }

  /** What gh says of a login that is not there is advice, which the hint gives. */
  private String reason() {
    return switch (exitCode) {
      case -1 -> "gh took too long and was ended";
      case NOT_LOGGED_IN -> "gh is not logged in";
      default -> said();
    };
  }

  /** Each line once: gh tells some of them again for each of its requests. */
  private String said() {
    String plain =
        QUERY
            .matcher(text)
            .replaceAll("")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return plain.isEmpty()
        ? "gh failed, code " + exitCode
        : plain.substring(0, Math.min(plain.length(), LONGEST_TEXT));
  }
}
