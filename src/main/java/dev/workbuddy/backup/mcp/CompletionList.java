package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.DataBackupList;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Completes the ids of this machine's snapshots while somebody types them. */
final class CompletionList {
  private static final String LATEST = "latest";

  /** The protocol allows no more in one answer. */
  private static final int MOST = 100;

  private final Capabilities capabilities;

  CompletionList(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  List<SyncCompletionSpecification> all() {
    return Stream.of(
            new McpSchema.PromptReference("wb-backup-restore"),
            new McpSchema.ResourceReference(ResourceList.MANIFESTS))
        .map(
            where ->
                new SyncCompletionSpecification(
                    where,
                    (_, request) ->
                        Answers.orError(
                            McpSchema.ErrorCodes.INTERNAL_ERROR, () -> answer(request))))
        .toList();
  }

  private McpSchema.CompleteResult answer(McpSchema.CompleteRequest request) {
    List<String> found = ids().filter(id -> id.startsWith(request.argument().value())).toList();
    return new McpSchema.CompleteResult(
        new McpSchema.CompleteResult.CompleteCompletion(
            found.stream().limit(MOST).toList(), found.size(), found.size() > MOST));
  }

  /** Nothing can be offered where nothing can be read; what is typed is judged when it is used. */
  private Stream<String> ids() {
    try {
      return Stream.concat(
          Stream.of(LATEST),
          capabilities
              .dataBackupList()
              .call(new DataBackupList.Parameters(false), Progress.silent())
              .snapshots()
              .stream()
              .map(entry -> entry.id().toString()));
    } catch (IOException | InterruptedException | BackupException unreadable) {
      return Stream.empty();
    }
  }
}
