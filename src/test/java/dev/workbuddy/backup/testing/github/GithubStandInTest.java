package dev.workbuddy.backup.testing.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code gh} finds in the stand-in what it finds in GitHub. */
@Timeout(60)
class GithubStandInTest {
  private static final String REPOSITORY = "alice/data";
  private static final String TAG = "snap-2026-11-22T13-00-00Z";

  @TempDir Path directory;

  private final ObedientClock clock = new ObedientClock("2026-11-22T13:00:05Z");
  private GithubStandIn github;
  private Path file;

  @BeforeAll
  static void needGh() {
    Tools.require("gh");
  }

  @BeforeEach
  void start() throws IOException {
    github = GithubStandIn.start(Files.createDirectory(directory.resolve("kept")), clock);
    github.world().person("alice", "ghp_alice").person("bob", "ghp_bob").organisation("acme");
    github.world().repository(REPOSITORY, true, true);
    file = Files.writeString(directory.resolve(TAG + ".tar.gz"), "not really a tarball");
  }

  @AfterEach
  void stop() {
    github.close();
  }

  @Test
  void authStatus_validToken_isLoggedIn() throws Exception {
    Subprocess.Result result = gh("auth", "status", "--hostname", Hosts.HOST);
    assertThat(result.stderr()).contains("Logged in to github.localhost as alice");
    assertThat(result.ok()).isTrue();
  }

  @Test
  void authStatus_revokedToken_isNot() throws Exception {
    github.world().revoke("ghp_alice");
    assertThat(gh("auth", "status", "--hostname", Hosts.HOST).stderr())
        .contains("authentication failed");
    assertThat(gh("api", "user").stderr()).contains("Bad credentials (HTTP 401)");
  }

  @Test
  void repoCreate_withReadme_hasItsFirstCommit() throws Exception {
    Subprocess.Result created = gh("repo", "create", "alice/new", "--private", "--add-readme");
    assertThat(created.stdout()).contains("http://github.localhost/alice/new");
    assertThat(view("alice/new")).contains("\"isEmpty\":false", "\"isPrivate\":true", "\"main\"");
  }

  /** The commands of docs/remotes.md. */
  @Test
  void repoCreate_withoutAnOwner_belongsToWhoIsLoggedIn() throws Exception {
    assertThat(gh("repo", "create", "my-data", "--private", "--add-readme").stdout())
        .contains("http://github.localhost/alice/my-data");
    assertThat(gh("api", "user", "--jq", ".login").stdout()).isEqualTo("alice\n");
  }

  @Test
  void repoCreate_withoutReadme_isEmpty() throws Exception {
    assertThat(gh("repo", "create", "alice/new", "--private").ok()).isTrue();
    assertThat(view("alice/new"))
        .contains("\"isEmpty\":true", "\"defaultBranchRef\":{\"name\":\"\"}");
  }

  @Test
  void repoCreate_nameTaken_saysSo() throws Exception {
    assertThat(gh("repo", "create", REPOSITORY, "--private", "--add-readme").stderr())
        .contains("HTTP 422: Repository creation failed.", "name already exists on this account");
  }

  @Test
  void repoView_notThereOrAnothersPrivateOne_cannotBeTold() throws Exception {
    assertThat(gh("repo", "view", "alice/none", "--json", "name").stderr())
        .contains("Could not resolve to a Repository with the name 'alice/none'.");
    assertThat(as("ghp_bob", "repo", "view", REPOSITORY, "--json", "name").stderr())
        .contains("Could not resolve to a Repository with the name 'alice/data'.");
    assertThat(as("ghp_bob", "api", "repos/alice/data").stderr()).contains("Not Found (HTTP 404)");
  }

  @Test
  void releaseCreate_withAFile_isPublishedAfterTheUpload() throws Exception {
    assertThat(create().stdout())
        .contains("http://github.localhost/alice/data/releases/tag/" + TAG);
    assertThat(github.seen())
        .containsExactly(
            Operation.FIND_RELEASE,
            Operation.CREATE_RELEASE,
            Operation.UPLOAD_ASSET,
            Operation.CHANGE_RELEASE);
    Subprocess.Result shown =
        gh("api", "repos/alice/data/releases/tags/" + TAG, "--jq", ".assets[0].digest,.draft");
    assertThat(shown.stdout())
        .isEqualTo(
            "sha256:"
                + new Storage(directory)
                    .receive(Files.newInputStream(file), Long.MAX_VALUE)
                    .sha256()
                + "\nfalse\n");
  }

  @Test
  void releaseCreate_again_isRefused() throws Exception {
    create();
    assertThat(create().stderr())
        .contains("a release with the same tag name already exists: " + TAG);
  }

  @Test
  void releaseCreate_emptyRepository_isRefusedAfterTheUpload() throws Exception {
    github.world().repository("alice/empty", true, false);
    Subprocess.Result result = gh("release", "create", TAG, file.toString(), "-R", "alice/empty");
    assertThat(result.stderr()).contains("HTTP 422: Validation Failed", "Repository is empty.");
    assertThat(releases("alice/empty")).isEmpty();
  }

  @Test
  void releaseCreate_tagOfADeletedImmutableRelease_isRefused() throws Exception {
    github.world().change(REPOSITORY, repository -> repository.immutableReleases = true);
    create();
    assertThat(
            gh("release", "upload", TAG, file.toString(), "-R", REPOSITORY, "--clobber").stderr())
        .contains("immutable release");
    assertThat(gh("release", "delete", TAG, "--yes", "-R", REPOSITORY).ok()).isTrue();
    assertThat(create().stderr()).contains("tag_name was used by an immutable release");
  }

  @Test
  void releaseUpload_sameName_isRefusedUnlessClobbered() throws Exception {
    create();
    assertThat(gh("release", "upload", TAG, file.toString(), "-R", REPOSITORY).stderr())
        .contains("asset under the same name already exists");
    assertThat(
            gh("release", "upload", TAG, file.toString(), "-R", REPOSITORY, "--clobber").stderr())
        .isEmpty();
    assertThat(gh("api", "-X", "POST", "--input", file.toString(), uploadUrl()).stderr())
        .contains("Validation Failed (HTTP 422)");
  }

  @Test
  void releaseUpload_nothingInIt_isRefused() throws Exception {
    create();
    Path empty = Files.createFile(directory.resolve("empty.bin"));
    assertThat(gh("release", "upload", TAG, empty.toString(), "-R", REPOSITORY).stderr())
        .contains("size must be greater than or equal to 1");
  }

  @Test
  void releaseDownload_givesBackTheBytes() throws Exception {
    create();
    Path target = Files.createDirectory(directory.resolve("target"));
    Subprocess.Result result =
        gh("release", "download", TAG, "-p", "*.tar.gz", "-D", target.toString(), "-R", REPOSITORY);
    assertThat(result.stderr()).isEmpty();
    assertThat(target.resolve(TAG + ".tar.gz")).hasContent("not really a tarball");
  }

  @Test
  void releaseView_andList_showWhatIsThere() throws Exception {
    create();
    assertThat(gh("release", "view", TAG, "-R", REPOSITORY, "--json", "assets,name").stdout())
        .contains("\"size\":20", "\"state\":\"uploaded\"");
    assertThat(gh("release", "list", "-R", REPOSITORY).stdout()).contains(TAG);
    assertThat(gh("release", "view", "other", "-R", REPOSITORY).stderr())
        .contains("release not found");
  }

  @Test
  void releaseDelete_withTag_leavesNothing() throws Exception {
    create();
    assertThat(gh("release", "delete", TAG, "--yes", "--cleanup-tag", "-R", REPOSITORY).ok())
        .isTrue();
    assertThat(releases(REPOSITORY)).isEmpty();
    assertThat(github.world().<List<String>>inspect(REPOSITORY, r -> List.copyOf(r.tags)))
        .isEmpty();
  }

  @Test
  void listing_manyReleases_comesInPagesOfAtMostAHundred() throws Exception {
    fill(230);
    Subprocess.Result result =
        gh("api", "repos/alice/data/releases?per_page=500", "--paginate", "--jq", ".[]|.tag_name");
    assertThat(result.stdout().lines().distinct()).hasSize(230);
    assertThat(github.seen()).hasSize(3).containsOnly(Operation.LIST_RELEASES);
  }

  @Test
  void listing_moreThanGithubLists_endsWithAnError() throws Exception {
    fill(130);
    github.world().capListings(100);
    Subprocess.Result result =
        gh("api", "repos/alice/data/releases?per_page=100", "--paginate", "--jq", ".[]|.tag_name");
    assertThat(result.ok()).isFalse();
    assertThat(result.stdout().lines().filter(line -> line.startsWith("t"))).hasSize(100);
    assertThat(result.stderr()).contains("Only the first 100 results are available. (HTTP 422)");
  }

  @Test
  void drafts_areForThoseWhoMayPush() throws Exception {
    github.world().repository("alice/open", false, true);
    github.world().change("alice/open", r -> r.draft(1, "tag", "title", "body"));
    String[] list = {"api", "repos/alice/open/releases", "--jq", ".[]|.draft"};
    assertThat(gh(list).stdout()).isEqualTo("true\n");
    assertThat(as("ghp_bob", list).stdout()).isEmpty();
  }

  @Test
  void rateLimit_isToldByTheLimitItself() throws Exception {
    github.world().limitUntil(clock.instant().plusSeconds(90));
    assertThat(create().stderr()).contains("HTTP 403");
    assertThat(gh("api", "user").stderr()).contains("API rate limit exceeded for user ID 1.");
    assertThat(gh("api", "rate_limit", "--jq", ".resources.core.reset").stdout())
        .isEqualTo(clock.instant().getEpochSecond() + 90 + "\n");
    clock.sleep(Duration.ofSeconds(91));
    assertThat(gh("api", "user", "--jq", ".login").stdout()).isEqualTo("alice\n");
  }

  @Test
  void secondaryLimit_showsRetryAfterInTheHeaders() throws Exception {
    Reply limit = Reply.secondaryLimit(Duration.ofSeconds(33));
    github.faults().next(Operation.CREATE_RELEASE, limit).next(Operation.READ_REPOSITORY, limit);
    assertThat(create().stderr()).contains("You have exceeded a secondary rate limit");
    assertThat(gh("api", "-i", "repos/alice/data").stdout())
        .containsIgnoringCase("retry-after: 33");
  }

  @Test
  void upload_badGatewayThreeTimes_succeedsAtLast() throws Exception {
    github.faults().times(3, Operation.UPLOAD_ASSET, new Fault.Answer(Reply.badGateway()));
    assertThat(create().ok()).isTrue();
  }

  @Test
  void upload_cutInTheMiddle_leavesAStarterThatBlocksTheName() throws Exception {
    github.faults().next(Operation.UPLOAD_ASSET, new Fault.CutAfter(5));
    Subprocess.Result result = create();
    assertThat(result.stderr())
        .contains("HTTP 422: Validation Failed", "ReleaseAsset.name already exists");
  }

  @Test
  void upload_answerLost_isStoredAndTheRetryIsRefused() throws Exception {
    github.faults().next(Operation.UPLOAD_ASSET, new Fault.AnswerLost());
    assertThat(create().stderr()).contains("ReleaseAsset.name already exists");
  }

  @Test
  void publish_answerLost_ghDeletesTheReleaseAndItsTagStays() throws Exception {
    github.faults().next(Operation.CHANGE_RELEASE, new Fault.AnswerLost());
    assertThat(create().ok()).isFalse();
    assertThat(releases(REPOSITORY)).isEmpty();
    assertThat(github.world().<List<String>>inspect(REPOSITORY, r -> List.copyOf(r.tags)))
        .containsExactly(TAG);
  }

  @Test
  void upload_hangs_endsOnlyWithGh() throws Exception {
    github.faults().next(Operation.UPLOAD_ASSET, new Fault.HangAfter(() -> {}));
    Subprocess.Result result =
        Subprocess.run(
            List.of("gh", "release", "create", TAG, file.toString(), "-R", REPOSITORY, "-n", ""),
            directory,
            environment("ghp_alice"),
            Duration.ofSeconds(2));
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(releases(REPOSITORY)).containsExactly(TAG + " draft []");
  }

  @Test
  void upload_andDownload_mayChangeAByte() throws Exception {
    github.faults().next(Operation.DOWNLOAD_ASSET, new Fault.WrongBytes());
    create();
    Subprocess.Result result =
        gh("release", "download", TAG, "-D", directory.resolve("t").toString(), "-R", REPOSITORY);
    assertThat(result.stderr()).isEmpty();
    assertThat(Files.readString(directory.resolve("t").resolve(TAG + ".tar.gz")))
        .hasSize(20)
        .isNotEqualTo("not really a tarball");
  }

  @Test
  void otherHosts_areNotReached() throws Exception {
    Map<String, String> environment = environment("ghp_alice");
    environment.put("GH_HOST", "github.com");
    Subprocess.Result result =
        Subprocess.run(
            List.of("gh", "api", "user"), directory, environment, Duration.ofSeconds(20));
    assertThat(result.stderr()).contains("Get \"https://api.github.com/user\"");
    assertThat(github.seen()).isEmpty();
  }

  private void fill(int count) {
    github
        .world()
        .change(
            REPOSITORY,
            repository -> {
              for (int i = 0; i < count; i++) {
                repository.publish(repository.draft(1000 + i, "t" + i, "", ""), clock.instant());
              }
            });
  }

  private List<String> releases(String repository) {
    return github
        .world()
        .inspect(
            repository,
            found ->
                found.releases.stream()
                    .map(r -> r.tag + (r.draft ? " draft " : " ") + r.assetNames())
                    .toList());
  }

  private String uploadUrl() throws Exception {
    String url = gh("api", "repos/alice/data/releases/tags/" + TAG, "--jq", ".upload_url").stdout();
    return url.substring(0, url.indexOf('{')) + "?name=" + TAG + ".tar.gz";
  }

  private String view(String repository) throws Exception {
    String fields = "name,isEmpty,isPrivate,defaultBranchRef";
    return gh("repo", "view", repository, "--json", fields).stdout();
  }

  private Subprocess.Result create() throws Exception {
    return gh("release", "create", TAG, file.toString(), "-R", REPOSITORY, "-t", TAG, "-n", "what");
  }

  private Subprocess.Result gh(String... arguments) throws Exception {
    return as("ghp_alice", arguments);
  }

  private Subprocess.Result as(String token, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("gh"));
    command.addAll(List.of(arguments));
    return Subprocess.run(command, directory, environment(token), Duration.ofSeconds(30));
  }

  private Map<String, String> environment(String token) {
    Map<String, String> environment = new HashMap<>(github.environment(directory, token));
    environment.put("GH_PROMPT_DISABLED", "1");
    environment.put("GH_NO_UPDATE_NOTIFIER", "1");
    return environment;
  }
}
