package dev.workbuddy.backup.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The protocol over streamable HTTP: the SDK's servlet, and before it somebody who knows which
 * request a client cancels. To be mounted where asynchronous requests are supported. It asks nobody
 * who they are: that is its owner's business.
 */
public final class McpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** No call has arguments of such a size. */
  private static final int MOST_BYTES = 4 << 20;

  private final transient McpJsonMapper mapper;
  private final transient HttpServletStreamableServerTransportProvider sdk;
  private final transient Calls calls = new Calls();

  McpServlet(McpJsonMapper mapper, String path) {
    this.mapper = mapper;
    this.sdk =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(mapper)
            .mcpEndpoint(path)
            .maxRequestSize(MOST_BYTES)
            .contextExtractor(McpServlet::context)
            .build();
  }

  /** What an SDK server is built on. */
  McpStreamableServerTransportProvider transport() {
    return sdk;
  }

  private static McpTransportContext context(HttpServletRequest request) {
    return request.getAttribute(Call.KEY) instanceof Call call
        ? McpTransportContext.create(Map.of(Call.KEY, call))
        : McpTransportContext.EMPTY;
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    sdk.init(config);
  }

  @Override
  public void destroy() {
    sdk.destroy();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!request.getMethod().equals("POST")) {
      sdk.service(request, response);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      response.sendError(
          HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the message is too long");
      return;
    }
    pass(new ReadRequest(request, body), message(body), response);
  }

  private void pass(
      HttpServletRequest request, @Nullable JSONRPCMessage message, HttpServletResponse response)
      throws ServletException, IOException {
    String session = String.valueOf(request.getHeader(HttpHeaders.MCP_SESSION_ID));
    switch (message) {
      case JSONRPCRequest call -> track(List.of(session, call.id()), request, response);
      case JSONRPCNotification notification when notification.method().equals(Calls.CANCELLED) -> {
        calls.cancel(notification.params(), id -> List.of(session, id));
        sdk.service(request, response);
      }
      case null, default -> sdk.service(request, response);
    }
  }

  private void track(Object id, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Call call = calls.begin(id);
    try {
      request.setAttribute(Call.KEY, call);
      sdk.service(request, response);
    } finally {
      calls.end(id, call);
    }
  }

  /** What the body says; null where it is no message, which the SDK then refuses. */
  private @Nullable JSONRPCMessage message(byte[] body) {
    try {
      return McpSchema.deserializeJsonRpcMessage(mapper, new String(body, StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }
}
