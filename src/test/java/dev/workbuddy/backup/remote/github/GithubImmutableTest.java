package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Releases that nobody can change any more, and tags that never come back. */
class GithubImmutableTest extends GithubScene {
  @Test
  void push_tagBurntByAnImmutableRelease_takesTheOtherTag() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    faults().next(Operation.CHANGE_RELEASE, new Fault.AnswerLost());
    pushed(persistent());
    assertThat(there()).containsExactly(whole(SUFFIXED));
    assertThat(only(ours()).id()).hasToString(ID);
  }

  @Test
  void push_immutableReleaseDamaged_saysWhatToDo() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    pushed(ours());
    place.damage(only(ours()), ID + ".tar.gz");
    assertThat(failed(push(ours()), RemoteFault.REFUSED).hint()).contains("Delete that release");
  }

  @Test
  void hold_immutableRelease_isSeenAndTakenAwayAgain() throws Exception {
    place.world().change(GithubPlace.REPOSITORY, found -> found.makeReleasesImmutable());
    pushed(ours());
    Hold hold = new Hold("a | b --> <!-- c", "me", Instant.parse("2026-11-22T10:01:00Z"));

    ours().hold(only(ours()), hold).orThrow();
    assertThat(only(others()).hold()).isEqualTo(hold);
    assertThat(release().body()).startsWith("**Held** by me since 2026-11-22T10:01:00Z: a");

    ours().release(only(ours())).orThrow();
    assertThat(only(others()).hold()).isNull();
    assertThat(release().body()).doesNotContain("Held");
  }
}
