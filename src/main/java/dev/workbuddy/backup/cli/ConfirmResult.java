package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/** What a person answered: the codes of the questions. */
record ConfirmResult(List<String> agreed, List<String> refused) implements Outcome {
  ConfirmResult {
    agreed = List.copyOf(agreed);
    refused = List.copyOf(refused);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
