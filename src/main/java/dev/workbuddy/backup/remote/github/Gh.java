package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.TimeLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user's own {@code gh}, which knows who they are: no token passes through here. It is asked
 * without a terminal, and what it complains about becomes a fault.
 */
final class Gh {
  /** Enough for the listing of some ten thousand releases. */
  private static final int OUTPUT_LIMIT = 64 << 20;

  private static final Map<String, String> QUIET =
      Map.of(
          "GH_PROMPT_DISABLED", "1",
          "GH_NO_UPDATE_NOTIFIER", "1",
          "GH_NO_EXTENSION_UPDATE_NOTIFIER", "1",
          "GH_TELEMETRY", "false",
          "GH_PAGER", "",
          "NO_COLOR", "1");

  /** They would make it print for people, or print what it sends. */
  private static final List<String> LOUD =
      List.of("GH_DEBUG", "DEBUG", "GH_FORCE_TTY", "CLICOLOR_FORCE", "GH_REPO");

  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final RemoteContext context;
  private final String place;
  private final RateLimits limits;

  /**
   * @param repository where rate limits are asked about
   * @param place what users call it
   */
  Gh(RemoteContext context, RepositoryName repository, String place) {
    this(context, RateLimits.of(repository, context.clock()), place);
  }

  private Gh(RemoteContext context, RateLimits limits, String place) {
    this.context = context;
    this.place = place;
    this.limits = limits;
  }

  /** One that is asked about no repository in particular. */
  static Gh ofAccount(RemoteContext context) {
    return new Gh(context, RateLimits.ofAccount(context.clock()), "GitHub");
  }

  /**
   * What {@code gh} came to.
   *
   * @param ok false where it complained in a way that was expected
   */
  record Answer(boolean ok, String text) {}

  /** Asks for something that is soon answered, with nothing expected but an answer. */
  RemoteResult<String> ask(String what, String... arguments) throws InterruptedException {
    return ask(what, NOTHING, arguments).map(Answer::text);
  }

  /** Asks for something that is soon answered. */
  RemoteResult<Answer> ask(String what, Pattern expected, String... arguments)
      throws InterruptedException {
    return run(what, expected, context.scratch(), TimeLimits.ofQuestion(), List.of(arguments));
  }

  /**
   * Runs {@code gh}.
   *
   * @param what in words that follow "cannot" in a message
   * @param expected a complaint that is no failure
   */
  RemoteResult<Answer> run(
      String what, Pattern expected, Path directory, Duration limit, List<String> arguments)
      throws InterruptedException {
    Optional<Path> program = Programs.find("gh", context.environment());
    if (program.isEmpty()) {
      return RemoteResult.failed(
          RemoteFault.MISSING_TOOL,
          "cannot %s in %s: the program gh is not installed".formatted(what, place),
          "Install it as https://cli.github.com says, for example with `apt-get install gh` or"
              + " `brew install gh`; then log in with `gh auth login`.");
    }
    try {
      Subprocess.Result result = start(program.get(), directory, limit, arguments);
      return result.ok() || expected.matcher(result.stderr()).find()
          ? RemoteResult.ok(new Answer(result.ok(), result.stdout()))
          : failed(what, program.get(), result);
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.MISSING_TOOL,
          "cannot %s in %s: gh cannot be started: %s".formatted(what, place, e.getMessage()),
          "Try `gh --version`; reinstall it if that fails.");
    }
  }

  private RemoteResult<Answer> failed(String what, Path program, Subprocess.Result result)
      throws InterruptedException, IOException {
    GhErrorClassifier classifier = GhErrorClassifier.of(result);
    if (!classifier.mayBeRateLimit()) {
      return classifier.asFailure(what, place);
    }
    Subprocess.Result headers =
        start(program, context.scratch(), TimeLimits.ofQuestion(), limits.question());
    return limits.failure(classifier, headers, what, place);
  }

  private Subprocess.Result start(
      Path program, Path directory, Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return Subprocess.run(
        new Subprocess.Call(
            command, directory, environment(), limit, TimeLimits.ofStandingStill(), OUTPUT_LIMIT));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.putAll(QUIET);
    LOUD.forEach(environment::remove);
    return environment;
  }
}
