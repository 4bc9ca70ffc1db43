package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.outcome.BackupException;
import io.modelcontextprotocol.spec.McpError;

/**
 * The boundary of what answers requests that are no tools. The SDK lets an {@link Error} end the
 * thread, and the client would wait for ever.
 */
final class Answers {
  private Answers() {}

  /**
   * The answer, or an error of the protocol in words; it may be one already.
   *
   * @param code what the protocol calls a failure of this kind
   */
  static <T> T orError(int code, Boundary.Work<T> work) {
    return Boundary.answer(
        work,
        thrown -> {
          throw thrown instanceof McpError known ? known : error(code, thrown);
        });
  }

  static McpError error(int code, Throwable thrown) {
    BackupException failure = ErrorMapper.of(thrown);
    return McpError.builder(code).message(failure.text() + " " + failure.hint()).build();
  }
}
