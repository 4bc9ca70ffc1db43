package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** When a run skips a remote, and when it failed: the same answer whatever was known before. */
class SkippedPushTest extends DoctorScene {
  private static final String PLACE = "github:alice/data";

  /** A state of the machine, and how a run that pushes by the way has to end in it. */
  enum State {
    NO_GH("wanted: true", "", 0, "skipped", "missing-tool"),
    NO_GH_AND_UNDECIDED("wanted: undecided", "", 0, "skipped", "missing-tool"),
    NOBODY_LOGGED_IN("wanted: true", "none", 0, "skipped", "unauthenticated"),
    LOGIN_EXPIRED("wanted: true", "ghp_expired", 0, "skipped", "unauthenticated"),
    UNWANTED("wanted: false, reason: no net", TOKEN, 0, "skipped", "refused"),
    NO_SUCH_REPOSITORY("wanted: true", TOKEN, 5, "failed", "not-found");

    private final String preference;
    private final String token;
    private final int exitCode;
    private final String status;
    private final String fault;

    State(String preference, String token, int exitCode, String status, String fault) {
      this.preference = preference;
      this.token = token;
      this.exitCode = exitCode;
      this.status = status;
      this.fault = fault;
    }
  }

  private void arrange(State state) throws Exception {
    local(
        """
        backups: { github: { repo: alice/data } }
        features: { github_backups: { %s } }
        """
            .formatted(state.preference));
    if (state.token.isEmpty()) {
      cli.set("PATH", elsewhere.resolve("empty").toString());
      return;
    }
    withGh(state.token);
    if (state.token.equals("none")) {
      cli.set("GH_TOKEN", "");
      cli.set("GH_HOST", "");
    }
  }

  private JsonNode remote() throws Exception {
    JsonNode record = Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
    assertThat(record.path("remotes")).hasSize(1);
    return record.path("remotes").path(0);
  }

  private void assertEnds(State state, CommandLineFixture.Ran ran) throws Exception {
    assertThat(ran.exitCode()).as("%s", ran).isEqualTo(state.exitCode);
    assertThat(remote().path("name").asString()).isEqualTo(PLACE);
    assertThat(remote().path("status").asString()).isEqualTo(state.status);
    assertThat(remote().path("fault").asString()).isEqualTo(state.fault);
    assertThat(remote().path("detail").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void now_beforeAndRightAfterDoctor_endsAlike(State state) throws Exception {
    arrange(state);

    assertEnds(state, cli.run("now"));
    cli.run("doctor");
    var after = cli.run("now", "--quiet");
    assertEnds(state, after);

    assertThat(after.out()).isEmpty();
    assertThat(after.err().isEmpty()).as(after.err()).isEqualTo(state.exitCode == 0);
  }

  @ParameterizedTest
  @EnumSource
  void push_whatARunSkips_isAnErrorForWhoeverAsks(State state) throws Exception {
    arrange(state);
    assertThat(cli.run("push", "latest").exitCode()).isEqualTo(state == State.UNWANTED ? 3 : 5);
  }

  @Test
  void doctor_loginExpiredSinceTheLastCopy_isRedThoughRunsEndWell() throws Exception {
    arrange(State.LOGIN_EXPIRED);
    github.world().repository("alice/data", true, true);
    cli.set("GH_TOKEN", TOKEN);
    cli.ok("now");
    github.world().revoke(TOKEN);

    cli.ok("now");

    var ran = cli.run("doctor");
    assertThat(ran.exitCode()).isNotZero();
    assertThat(line(ran.out(), "gh-authenticated")).contains("unconfigured");
    JsonNode graph = Json.parse(cli.run("doctor", "--cached", "--json").out().getBytes(UTF_8));
    assertThat(graph.toString()).contains("the last run skipped it");
    assertThat(List.of(remote().path("status").asString())).containsExactly("skipped");
  }
}
