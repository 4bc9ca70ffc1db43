package dev.workbuddy.backup.capability;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the answer to a guarded call that nobody has agreed to yet.
 *
 * @param token to be given back as the argument {@code confirmation}
 * @param byPerson whether a person has to agree elsewhere before the token is worth anything
 * @param expiresAt when the token ends
 * @param next what to do now
 */
public record Confirmation(
    String token,
    boolean byPerson,
    Instant expiresAt,
    String question,
    @Nullable Long ageSeconds,
    List<Impact.Loss> losses,
    List<String> warnings,
    String next) {
  public Confirmation {
    losses = List.copyOf(losses);
    warnings = List.copyOf(warnings);
  }

  /** For a caller who is the person. */
  static Confirmation of(Agreements.Asked asked, String token, Instant expiresAt) {
    return of(
        asked.stakes(),
        token,
        false,
        expiresAt,
        "Nothing was changed. Show the question and the losses to the person. If they agree, call "
            + asked.capability()
            + " again with the same arguments and this token as confirmation.");
  }

  /** For an agent, whose person answers elsewhere. */
  static Confirmation ofPerson(Agreements.Asked asked, Question question) {
    return of(
        asked.stakes(),
        question.code(),
        true,
        question.expiresAt(),
        "Nothing was changed. Show the question and the losses to the person, and ask them to agree"
            + " to %s with `wb-backup confirm` on a terminal, or on the page. Once they have, call %s"
                .formatted(question.code(), asked.capability())
            + " again with the same arguments and this token as confirmation.");
  }

  private static Confirmation of(
      Impact impact, String token, boolean byPerson, Instant expiresAt, String next) {
    return new Confirmation(
        token,
        byPerson,
        expiresAt,
        impact.question(),
        impact.ageSeconds(),
        impact.losses(),
        impact.warnings(),
        next);
  }
}
