package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants to do, as a person has to judge it. It is kept in a file of its own until it
 * is answered and used, or too old.
 *
 * @param code what the person and the agent know it by
 * @param arguments those of the call, as a JSON document
 * @param losses tables in which something would be lost, changed or come back; the gravest
 * @param moreLosses how many further tables there are
 * @param digest of what the plan stood on
 */
public record Question(
    String code,
    String capability,
    String arguments,
    String question,
    @Nullable Long ageSeconds,
    List<Impact.Loss> losses,
    int moreLosses,
    List<String> warnings,
    Instant askedAt,
    Instant expiresAt,
    String digest) {
  /** More than what is written here ever takes. */
  static final int MOST_BYTES = 64 << 10;

  private static final int MOST_LOSSES = 20;
  private static final int MOST_WARNINGS = 10;
  private static final int LONGEST = 2_000;

  public Question {
    losses = List.copyOf(losses);
    warnings = List.copyOf(warnings);
  }

  static Question of(
      Agreements.Asked asked, String code, Instant now, Instant expiry, String digest) {
    Impact impact = asked.stakes();
    return new Question(
        code,
        asked.capability(),
        shortened(asked.arguments()),
        shortened(impact.question()),
        impact.ageSeconds(),
        impact.losses().stream().limit(MOST_LOSSES).toList(),
        Math.max(0, impact.losses().size() - MOST_LOSSES),
        impact.warnings().stream().limit(MOST_WARNINGS).map(Question::shortened).toList(),
        now,
        expiry,
        digest);
  }

  /** What to know before answering, a line each that is safe to print. */
  public List<String> facts() {
    return new Impact(question, ageSeconds, losses, warnings).facts(moreLosses);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether another call would ask for the same, so that this question is out of date. */
  boolean isAskedAgainBy(Question newer) {
    return capability.equals(newer.capability) && arguments.equals(newer.arguments);
  }

  byte[] document() {
    return Json.bytes(this);
  }
}
