package dev.workbuddy.backup.health;

import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;

/** What a remote said, as a finding. */
final class RemoteFindings {
  private RemoteFindings() {}

  static Finding of(RemoteResult<Readiness> result) {
    return switch (result) {
      case Ok<Readiness>(Readiness ready) when ready.warnings().isEmpty() ->
          Finding.ok(ready.detail());
      case Ok<Readiness>(Readiness ready) ->
          Finding.ok(ready.detail() + " (" + String.join("; ", ready.warnings()) + ")");
      case Failed<Readiness> failed -> ofFailure(failed);
    };
  }

  /**
   * Like {@link #of}, but for a place that is named by its path or address: unless this machine
   * lacks something, the place itself is out of order.
   */
  static Finding ofPlace(RemoteResult<Readiness> result) {
    return result instanceof Failed<Readiness> failed
            && !failed.retryable()
            && !failed.fault().isUnmetRequirement()
        ? Finding.broken(failed.detail(), failed.hint())
        : of(result);
  }

  /** What passes by itself says nothing about how things are set up. */
  static Finding ofFailure(Failed<?> failed) {
    return failed.retryable()
        ? Finding.unknown(failed.detail(), failed.hint())
        : Finding.failure(failed.detail(), failed.hint());
  }
}
