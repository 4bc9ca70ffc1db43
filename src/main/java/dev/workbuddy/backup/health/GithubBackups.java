package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.ConfigChange;
import dev.workbuddy.backup.config.LocalConfig;
import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.github.GithubAccount;
import dev.workbuddy.backup.remote.github.GithubReleases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies in a private repository of the user's own. */
final class GithubBackups {
  static final String ID = "github_backups";
  static final String REPO = "repo";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(
          ID, "Copies on GitHub", false, site -> Optional.of(new GithubBackups(site).declared()));

  /** The name by which work-buddy registers this check. */
  private static final String FRESHNESS = "check_github_backup_freshness";

  private static final String INSTALLED = "gh-cli-installed";
  private static final String AUTHENTICATED = "gh-authenticated";
  private static final String CONFIGURED = "repo-configured";
  private static final String SUGGESTED = "my-work-buddy-data";

  private final HealthContext site;
  private final Settings settings;
  private final RemoteSettings.@Nullable Github github;

  private GithubBackups(HealthContext site) {
    this.site = site;
    this.settings = site.settings();
    this.github = settings.remotes().github();
  }

  private Component declared() {
    return new Component(
        DECLARATION,
        preference(),
        List.of(installed(), authenticated(), configured()),
        github == null ? List.of() : List.of(new Check(FRESHNESS, () -> freshness(github))),
        List.of(
            Link.hard(Configuration.ID), Link.soft(LocalSnapshots.ID, "what is there is pushed")));
  }

  /** Treats GitHub as unwanted where the user has another remote and never chose this one. */
  private Preference preference() {
    Preference said = site.features().of(ID);
    RemoteSettings places = settings.remotes();
    boolean elsewhere = places.rclone() != null || places.directory() != null;
    return said.is(Preference.Choice.UNDECIDED) && github == null && elsewhere
        ? new Preference(Preference.Choice.UNWANTED, "copies go to another place")
        : said;
  }

  private Requirement installed() {
    Handoffs handoffs = new Handoffs(OperatingSystem.ofThisMachine());
    return new Requirement(
        INSTALLED, "GitHub's program gh is installed", this::program, handoffs.installGh());
  }

  private Finding program() {
    return Programs.find("gh", site.machine().environment())
        .map(path -> Finding.ok(path.toString()))
        .orElseGet(
            () ->
                Finding.failure(
                    "the program gh is not on the PATH", "Install it: https://cli.github.com."));
  }

  private Requirement authenticated() {
    Handoffs handoffs = new Handoffs(OperatingSystem.ofThisMachine());
    return new Requirement(
        AUTHENTICATED,
        "gh is logged in",
        List.of(INSTALLED),
        () -> Finding.ok(""),
        Optional.of(new Requirement.RemoteProbe("", this::login)),
        handoffs.logIn());
  }

  private Finding login() throws InterruptedException {
    return switch (new GithubAccount(site.context()).login()) {
      case Ok<String>(String login) -> Finding.ok("as " + login);
      case Failed<String> failed -> RemoteFindings.ofFailure(failed);
    };
  }

  private Requirement configured() {
    return new Requirement(
        CONFIGURED,
        "a private repository is chosen",
        List.of(INSTALLED, AUTHENTICATED),
        this::named,
        Optional.of(
            new Requirement.RemoteProbe(github == null ? "" : github.toString(), this::reachable)),
        new Fixer.InputRequired(
            "make the private repository, if it is not there, and write backups.github.repo",
            List.of(new Fixer.Field(REPO, "Repository (owner/name, or a name)", SUGGESTED)),
            this::configure));
  }

  private Finding named() {
    return github == null
        ? Finding.failure("backups.github.repo is not set", "Choose a repository for the copies.")
        : Finding.ok(github.repo());
  }

  private Finding reachable() throws InterruptedException {
    return github == null
        ? named()
        : RemoteFindings.of(
            GithubReleases.of(github.repo(), github.allowPublic(), site.context()).check());
  }

  /** The file is prepared first: a broken one must not cost a repository that nobody asked for. */
  private FixResult configure(Map<String, String> input) throws IOException, InterruptedException {
    LocalConfig file = new LocalConfig(settings.configDir());
    file.prepare(List.of(change("owner/name")));
    RemoteResult<GithubAccount.Repository> prepared =
        new GithubAccount(site.context())
            .prepare(input.getOrDefault(REPO, "").strip(), github != null && github.allowPublic());
    return switch (prepared) {
      case Ok<GithubAccount.Repository>(GithubAccount.Repository repository) ->
          write(file, repository);
      case Failed<GithubAccount.Repository> failed ->
          FixResult.failed(Sentences.join(failed.detail(), failed.hint()));
    };
  }

  private static FixResult write(LocalConfig file, GithubAccount.Repository repository)
      throws IOException {
    List<String> effects = new ArrayList<>();
    if (repository.made()) {
      effects.add("made the private repository " + repository.name());
    }
    LocalConfig.Prepared prepared = file.prepare(List.of(change(repository.name())));
    try {
      prepared.write();
    } catch (IOException e) {
      return new FixResult(
          false, prepared.file() + " cannot be written: " + e.getMessage(), effects);
    }
    if (prepared.changes()) {
      effects.add("set backups.github.repo in " + prepared.file());
    }
    return new FixResult(true, "copies go to " + repository.name(), effects);
  }

  private static ConfigChange change(String repository) {
    return ConfigChange.text(repository, "backups", "github", "repo");
  }

  private Finding freshness(RemoteSettings.Github place) {
    return new Freshness(settings.cadence(), site.now())
        .judge(site.lastRun(), GithubReleases.KIND + place.repo());
  }
}
