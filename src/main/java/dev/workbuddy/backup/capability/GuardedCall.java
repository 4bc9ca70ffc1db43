package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A guarded call with documents for answers: first the plan, then the deed, and in between
 * somebody's consent to exactly this plan on exactly this data, at once or with a token.
 */
final class GuardedCall<P extends Record, R extends Outcome> {
  private final Capability<P, R> capability;
  private final P parameters;
  private final Agreements agreements;
  private final PlannedCall<P, R> planned;
  private final Progress progress;

  GuardedCall(
      Capability<P, R> capability,
      P parameters,
      Agreements agreements,
      PlannedCall<P, R> planned,
      Progress progress) {
    this.capability = capability;
    this.parameters = parameters;
    this.agreements = agreements;
    this.planned = planned;
    this.progress = progress;
  }

  /** The result's document where there is consent, else the plan's. */
  ObjectNode answer(@Nullable String token, Consent<? super R> consent)
      throws IOException, InterruptedException {
    if (token != null) {
      return switch (agreements.redeem(token, planned.shown())) {
        case YES -> Documents.of(planned.carryOutAtOnce(progress));
        case OPEN -> throw unanswered(token);
        case NO -> throw outdated();
      };
    }
    Impact impact = planned.stakes(progress);
    Optional<Boolean> agreed = consent.agreesTo(planned.plan(), impact);
    if (agreed.isEmpty()) {
      return asking(impact);
    }
    if (!agreed.get()) {
      throw refused();
    }
    return Documents.of(planned.carryOut(progress));
  }

  private ObjectNode asking(Impact impact) throws IOException {
    ObjectNode document = Documents.of(planned.plan());
    Agreements.Asked asked =
        new Agreements.Asked(capability.name(), Json.line(parameters), impact, planned.shown());
    document.set(JsonCalls.CONFIRMATION, Json.tree(agreements.ask(asked)));
    return document;
  }

  private static BackupException refused() {
    return new BackupException(
        ErrorCode.NOT_CONFIRMED,
        "the person did not agree; nothing was changed",
        "Ask them what they want instead.");
  }

  private BackupException unanswered(String token) {
    return new BackupException(
        ErrorCode.NOT_CONFIRMED,
        "no person has agreed to %s yet; nothing was changed".formatted(token),
        "Ask them to run `wb-backup confirm` on a terminal, or to answer on the page; then call "
            + capability.name()
            + " again with the same arguments and confirmation.");
  }

  private BackupException outdated() {
    return new BackupException(
        ErrorCode.CONFIRMATION_INVALID,
        "the confirmation is not for this call, or the data has changed since, or it is used,"
            + " refused or expired; nothing was changed",
        "Call "
            + capability.name()
            + " without confirmation for today's plan, and show that to the person.");
  }
}
