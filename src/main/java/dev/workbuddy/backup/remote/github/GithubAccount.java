package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import java.util.regex.Pattern;

/** The account that {@code gh} is logged in with, and what has to be done once in its name. */
public final class GithubAccount {
  private static final Pattern ALREADY_THERE =
      Pattern.compile("name already exists", Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_SUCH = Pattern.compile("HTTP 404");

  private final RemoteContext context;
  private final Gh gh;

  public GithubAccount(RemoteContext context) {
    this.context = context;
    this.gh = Gh.ofAccount(context);
  }

  /**
   * A repository that snapshots can be pushed to.
   *
   * @param name as {@code owner/name}
   * @param made whether it was made just now
   */
  public record Repository(String name, boolean made) {}

  /** Who is logged in; asks GitHub itself, since {@code gh auth status} is wrong at times. */
  public RemoteResult<String> login() throws InterruptedException {
    return gh.ask("ask for the login", "api", "user", "--jq", ".login")
        .then(
            login ->
                login.isBlank()
                    ? RemoteResult.failed(
                        RemoteFault.FAILED,
                        "GitHub does not say who is logged in",
                        "Try `gh api user`.")
                    : RemoteResult.ok(login.strip()));
  }

  /**
   * Makes sure that there is a private repository with a first commit. One that is there already is
   * taken as it is; done again after any failure this ends in the same state.
   *
   * @param text {@code owner/name}, or a name alone for one of the account's own
   * @param publicAllowed whether one that is there may be public
   */
  public RemoteResult<Repository> prepare(String text, boolean publicAllowed)
      throws InterruptedException {
    return nameOf(text).then(name -> prepare(name, publicAllowed));
  }

  /** The whole name of a repository that may be named without its owner. */
  RemoteResult<RepositoryName> nameOf(String text) throws InterruptedException {
    if (RepositoryName.isBare(text)) {
      return login().then(owner -> parsed(owner + "/" + text));
    }
    return parsed(text);
  }

  private static RemoteResult<RepositoryName> parsed(String text) {
    return RepositoryName.parse(text)
        .<RemoteResult<RepositoryName>>map(RemoteResult::ok)
        .orElseGet(
            () ->
                RemoteResult.failed(
                    RemoteFault.UNCONFIGURED,
                    "'" + text + "' is not the name of a GitHub repository",
                    RepositoryName.hint(text)));
  }

  private RemoteResult<Repository> prepare(RepositoryName name, boolean publicAllowed)
      throws InterruptedException {
    GithubRepository repository = GithubRepository.of(name, context);
    return switch (RepositoryState.of(repository)) {
      case Ok<RepositoryState>(RepositoryState state) ->
          usable(repository, state, publicAllowed, false);
      case Failed<RepositoryState> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          make(name).then(made -> usable(repository, publicAllowed, made));
      case Failed<RepositoryState> failed -> failed.as();
    };
  }

  /** Whether it was made, rather than by somebody else meanwhile. */
  private RemoteResult<Boolean> make(RepositoryName name) throws InterruptedException {
    return login()
        .then(login -> requireOwn(name, login))
        .then(
            _ ->
                gh.ask(
                    "make the repository " + name,
                    ALREADY_THERE,
                    "repo",
                    "create",
                    name.toString(),
                    "--private",
                    "--add-readme"))
        .map(Gh.Answer::ok);
  }

  /** Under another person's name, {@code gh} would make one of the same name under one's own. */
  private RemoteResult<RepositoryName> requireOwn(RepositoryName name, String login)
      throws InterruptedException {
    if (name.owner().equalsIgnoreCase(login)) {
      return RemoteResult.ok(name);
    }
    return gh.ask(
            "look at " + name.owner(), NO_SUCH, "api", "users/" + name.owner(), "--jq", ".type")
        .then(
            type ->
                type.ok() && type.text().strip().equals("Organization")
                    ? RemoteResult.ok(name)
                    : RemoteResult.failed(
                        RemoteFault.REFUSED,
                        "%s is not there for this login, and cannot be made: %s is %s"
                            .formatted(
                                name,
                                name.owner(),
                                type.ok() ? "another person" : "nobody on GitHub"),
                        "Name one of your own, for example %s/%s; or have its owner make it and"
                                .formatted(login, name.name())
                            + " invite you."));
  }

  private static RemoteResult<Repository> usable(
      GithubRepository repository, boolean publicAllowed, boolean made)
      throws InterruptedException {
    return RepositoryState.of(repository)
        .then(state -> usable(repository, state, publicAllowed, made));
  }

  private static RemoteResult<Repository> usable(
      GithubRepository repository, RepositoryState state, boolean publicAllowed, boolean made)
      throws InterruptedException {
    return state
        .judge(GithubReleases.KIND + repository.name(), publicAllowed)
        .then(_ -> state.withFirstCommit(repository))
        .map(_ -> new Repository(repository.name().toString(), made));
  }
}
