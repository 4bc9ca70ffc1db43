package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.DataBackupShow;
import dev.workbuddy.backup.capability.DataLastRun;
import dev.workbuddy.backup.capability.LastRunReport;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.runs.LastRunDocument;
import dev.workbuddy.backup.snapshot.Manifest;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What agents may read without calling a tool: manifests, and how the last run went. */
final class ResourceList {
  private static final String JSON = "application/json";
  private static final String LAST_RUN = "wb-backup://last_run.json";
  static final String MANIFESTS = "wb-backup://snapshots/{id}/manifest";
  private static final Pattern MANIFEST =
      Pattern.compile("wb-backup://snapshots/([A-Za-z0-9-]+)/manifest");

  private final Capabilities capabilities;

  ResourceList(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  List<SyncResourceSpecification> all() {
    McpSchema.Resource lastRun =
        McpSchema.Resource.builder(LAST_RUN, "last_run.json")
            .title("The last run")
            .description(
                "How the last snapshot run went, by which freshness is judged, and how the last"
                    + " restore ended.")
            .mimeType(JSON)
            .build();
    return List.of(
        new SyncResourceSpecification(
            lastRun, (_, request) -> content(request.uri(), this::lastRun)));
  }

  List<SyncResourceTemplateSpecification> templates() {
    McpSchema.ResourceTemplate manifest =
        McpSchema.ResourceTemplate.builder(MANIFESTS, "manifest")
            .title("A snapshot's manifest")
            .description("What a snapshot on this machine holds; latest is an id, too.")
            .mimeType(JSON)
            .build();
    return List.of(
        new SyncResourceTemplateSpecification(
            manifest, (_, request) -> content(request.uri(), () -> manifest(request.uri()))));
  }

  private interface Reader {
    Object read() throws IOException, InterruptedException;
  }

  private static McpSchema.ReadResourceResult content(String uri, Reader reader) {
    return Answers.orError(
        McpSchema.ErrorCodes.RESOURCE_NOT_FOUND,
        () ->
            McpSchema.ReadResourceResult.builder(
                    List.of(
                        McpSchema.TextResourceContents.builder(uri, Json.text(reader.read()))
                            .mimeType(JSON)
                            .build()))
                .build());
  }

  private JsonNode lastRun() throws IOException, InterruptedException {
    LastRunReport last =
        capabilities.dataLastRun().call(new DataLastRun.Parameters(), Progress.silent());
    if (!last.isOnRecord()) {
      throw McpError.RESOURCE_NOT_FOUND.apply(LAST_RUN);
    }
    return LastRunDocument.of(last.lastRun(), last.lastRestore());
  }

  private Manifest manifest(String uri) throws IOException, InterruptedException {
    Matcher matcher = MANIFEST.matcher(uri);
    if (!matcher.matches()) {
      throw McpError.RESOURCE_NOT_FOUND.apply(uri);
    }
    Manifest manifest =
        capabilities
            .dataBackupShow()
            .call(new DataBackupShow.Parameters(matcher.group(1)), Progress.silent())
            .manifest();
    if (manifest == null) {
      throw McpError.RESOURCE_NOT_FOUND.apply(uri);
    }
    return manifest;
  }
}
