package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.util.List;

/** Runs that tests make up. */
final class Runs {
  private Runs() {}

  static RunRecord done(RunRecords records) throws IOException, InterruptedException {
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    run.enter(Phase.COPY);
    run.taken(snapshot("snap-2026-11-22T10-00-00Z"));
    return end(run);
  }

  static RunRecord end(OngoingRun run) throws IOException, InterruptedException {
    return run.end(Status.DONE, null, List.of());
  }

  static TakenSnapshot snapshot(String id) {
    return new TakenSnapshot(id, 10, 20, List.of(), List.of());
  }

  static RemoteReport remote(String name, String status) {
    return new RemoteReport(
        name, status, null, "", "", List.of(), 0, List.of(), List.of(), List.of(), 0, 0);
  }
}
