package dev.workbuddy.backup.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.capability.Questions;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

/** Serves agents: every capability as a tool of the Model Context Protocol. */
public final class McpFace {
  /** How long a person may think about a question. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String INSTRUCTIONS =
      """
      Snapshots of SQLite databases, and the way back. data_backup_list shows what there is; \
      data_backup takes a snapshot (manual: true before something risky); data_diff shows what was \
      lost; data_restore brings a snapshot back. Tools that replace, delete, shorten what is kept or \
      switch protection off answer with a plan first: show it to the person, who agrees with \
      `wb-backup confirm` or on the page. Long answers are cut, and say so under `shortened`. \
      Errors carry a code and a hint that names the next step.\
      """;

  private final Capabilities capabilities;
  private final String version;
  private final JsonCalls calls;
  private final McpJsonMapper mapper =
      new WholeAnswers(
          new JacksonMcpJsonMapper(
              JsonMapper.builder()
                  .addMixIn(McpSchema.ElicitRequest.class, ModeOnce.class)
                  .addMixIn(JSONRPCError.class, WholeError.class)
                  .build()));

  /** The SDK's own annotations write a question's mode twice, which Jackson 3.2 refuses. */
  @JsonTypeInfo(
      use = JsonTypeInfo.Id.NAME,
      include = JsonTypeInfo.As.EXISTING_PROPERTY,
      property = "mode")
  private interface ModeOnce {}

  /**
   * The SDK puts into the data what people should read, for example which tool it does not know.
   */
  @JsonSerialize(converter = ErrorText.class)
  private interface WholeError {}

  /**
   * A face of these capabilities.
   *
   * @param questions where those are kept that a client cannot put to its person
   * @param version this program's
   */
  public McpFace(Capabilities capabilities, Questions questions, String version) {
    this.capabilities = capabilities;
    this.version = version;
    this.calls = JsonCalls.ofAgents(questions);
  }

  /**
   * Serves one client on two streams, until it closes its end and what it asked for is done.
   * Nothing else may write to the output.
   */
  public void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
    StdioTransport transport = new StdioTransport(mapper, in, out);
    McpSyncServer _ = furnish(McpServer.sync(transport)).build();
    transport.serve();
  }

  /**
   * Serves any number of clients over streamable HTTP.
   *
   * @param path where the servlet is mounted, for example {@code /mcp}
   */
  public McpServlet servlet(String path) {
    McpServlet servlet = new McpServlet(mapper, path);
    McpSyncServer _ = furnish(McpServer.sync(servlet.transport())).build();
    return servlet;
  }

  /** Arguments are checked when they are read, with better words than a schema has. */
  private <S extends SyncSpecification<S>> SyncSpecification<S> furnish(
      SyncSpecification<S> server) {
    ResourceList resources = new ResourceList(capabilities);
    return server
        .serverInfo("wb-backup", version)
        .instructions(INSTRUCTIONS)
        .jsonMapper(mapper)
        .validateToolInputs(false)
        .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(""))
        .requestTimeout(PATIENCE)
        .capabilities(
            McpSchema.ServerCapabilities.builder()
                .tools(false)
                .prompts(false)
                .resources(false, false)
                .completions()
                .build())
        .tools(new ToolList(capabilities, calls, mapper).all())
        .prompts(PromptList.all())
        .resources(resources.all())
        .resourceTemplates(resources.templates())
        .completions(new CompletionList(capabilities).all());
  }
}
