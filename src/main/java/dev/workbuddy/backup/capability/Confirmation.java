package dev.workbuddy.backup.capability;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the answer to a call that would destroy something and was not confirmed yet.
 *
 * @param token to be given back as the argument {@code confirmation}
 * @param expiresAt when the token ends
 * @param next what to do now
 */
public record Confirmation(
    String token,
    Instant expiresAt,
    String question,
    @Nullable Long ageSeconds,
    List<Stakes.Loss> losses,
    List<String> warnings,
    String next) {

  static Confirmation of(Stakes stakes, String token, Instant expiresAt, String tool) {
    return new Confirmation(
        token,
        expiresAt,
        stakes.question(),
        stakes.ageSeconds(),
        stakes.losses(),
        stakes.warnings(),
        "Nothing was changed. Show the question and the losses to the person. If they agree, call "
            + tool
            + " again with the same arguments and this token as confirmation.");
  }
}
