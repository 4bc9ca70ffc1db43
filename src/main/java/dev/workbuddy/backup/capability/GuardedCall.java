package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that is guarded: first the plan, then the deed, and in between somebody's consent to
 * exactly this plan on exactly this data.
 */
final class GuardedCall<P extends Record, R extends Outcome> {
  private final Capability<P, R> capability;
  private final Rehearsal<P, R> rehearsal;
  private final P parameters;
  private final Agreements agreements;
  private final Caller caller;
  private final Progress progress;

  GuardedCall(
      Capability<P, R> capability,
      Rehearsal<P, R> rehearsal,
      P parameters,
      Agreements agreements,
      Caller caller,
      Progress progress) {
    this.capability = capability;
    this.rehearsal = rehearsal;
    this.parameters = parameters;
    this.agreements = agreements;
    this.caller = caller;
    this.progress = progress;
  }

  /** The result's document where there is consent, else the plan's. */
  ObjectNode answer(@Nullable String token, Consent consent)
      throws IOException, InterruptedException {
    if (token != null) {
      return switch (agreements.redeem(token, shown(plan()))) {
        case YES -> destroy();
        case OPEN -> throw unanswered(token);
        case NO -> throw outdated();
      };
    }
    R plan = plan();
    List<String> shown = shown(plan);
    Stakes stakes = rehearsal.stakes(parameters, plan, progress);
    Optional<Boolean> agreed = consent.agreesTo(stakes);
    if (agreed.isEmpty()) {
      return asking(plan, stakes, shown);
    }
    requireConsent(agreed.get(), shown);
    return destroy();
  }

  private R plan() throws IOException, InterruptedException {
    return capability.call(rehearsal.dry(parameters), progress, caller);
  }

  private List<String> shown(R plan) throws IOException {
    List<String> shown = new ArrayList<>(rehearsal.state(plan));
    shown.add(capability.name());
    shown.add(Json.line(parameters));
    return shown;
  }

  private ObjectNode destroy() throws IOException, InterruptedException {
    progress.checkpoint();
    return Documents.of(capability.call(parameters, progress, caller));
  }

  private ObjectNode asking(R plan, Stakes stakes, List<String> shown) throws IOException {
    ObjectNode document = Documents.of(plan);
    Agreements.Asked asked =
        new Agreements.Asked(capability.name(), Json.line(parameters), stakes, shown);
    document.set(DocumentCalls.CONFIRMATION, Json.tree(agreements.ask(asked)));
    return document;
  }

  /** A person takes their time: what they were shown may not be so any more. */
  private void requireConsent(boolean agreed, List<String> shown)
      throws IOException, InterruptedException {
    if (!agreed) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          "the person did not agree; nothing was changed",
          "Ask them what they want instead.");
    }
    if (!shown(plan()).equals(shown)) {
      throw outdated();
    }
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
