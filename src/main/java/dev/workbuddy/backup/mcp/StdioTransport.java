package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * JSON-RPC messages on two streams, one a line. Unlike the SDK's own transport it survives a line
 * that is no message, knows which request a client cancels, and at the end of the input lets work
 * that has begun come to its end.
 */
final class StdioTransport implements McpServerTransportProvider, McpServerTransport {
  private static final int LONGEST_LINE = 4 << 20;

  private final McpJsonMapper mapper;
  private final BoundedLineReader in;
  private final OutputStream out;
  private final Calls calls = new Calls();
  private @Nullable McpServerSession session;
  private boolean greeted;

  StdioTransport(McpJsonMapper mapper, InputStream in, OutputStream out) {
    this.mapper = mapper;
    this.in = new BoundedLineReader(new BufferedInputStream(in), LONGEST_LINE);
    this.out = out;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(this);
  }

  /** Answers until the client closes its end, and then until the last work is done. */
  void serve() throws IOException, InterruptedException {
    McpServerSession client = Objects.requireNonNull(session, "no server was built on it");
    for (Optional<BoundedLineReader.Line> line = in.next(); line.isPresent(); line = in.next()) {
      receive(client, line.get());
    }
    calls.drain();
  }

  private void receive(McpServerSession client, BoundedLineReader.Line line) {
    if (line.tooLong()) {
      refuse(McpSchema.ErrorCodes.INVALID_REQUEST, "the message is too long");
    } else if (!line.text().isEmpty()) {
      parse(line.text()).ifPresent(message -> handle(client, message));
    }
  }

  private Optional<JSONRPCMessage> parse(String line) {
    try {
      return Optional.of(McpSchema.deserializeJsonRpcMessage(mapper, line));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      refuse(McpSchema.ErrorCodes.PARSE_ERROR, "this line is no JSON-RPC message");
      return Optional.empty();
    }
  }

  private void handle(McpServerSession client, JSONRPCMessage message) {
    switch (message) {
      case JSONRPCNotification notification when notification.method().equals(Calls.CANCELLED) ->
          calls.cancel(notification.params(), UnaryOperator.identity());
      case JSONRPCRequest request when isTooEarly(request) -> answerEarly(request);
      case JSONRPCRequest request -> start(client, request);
      default -> start(client.handle(message));
    }
  }

  /** The SDK would keep such a request until the client introduces itself, perhaps for ever. */
  private boolean isTooEarly(JSONRPCRequest request) {
    greeted |= request.method().equals(McpSchema.METHOD_INITIALIZE);
    return !greeted;
  }

  private void answerEarly(JSONRPCRequest request) {
    boolean ping = request.method().equals(McpSchema.METHOD_PING);
    send(
        ping
            ? JSONRPCResponse.result(request.id(), Map.of())
            : JSONRPCResponse.error(
                request.id(),
                new JSONRPCResponse.JSONRPCError(
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    request.method() + " came before initialize; introduce yourself first")));
  }

  /** Where even beginning it fails, the client hears so and the request has ended. */
  private void start(McpServerSession client, JSONRPCRequest request) {
    try {
      start(calls.track(request.id(), client.handle(request)));
    } catch (Error e) {
      calls.end(request.id());
      McpError why = Answers.error(McpSchema.ErrorCodes.INTERNAL_ERROR, e);
      send(JSONRPCResponse.error(request.id(), why.getJsonRpcError()));
    }
  }

  /** What goes wrong was answered already; what cannot be answered has nobody to hear it. */
  private static void start(Mono<Void> handling) {
    handling.subscribe(_ -> {}, _ -> {});
  }

  /** Such an error has no id, which the SDK's own type would leave out. */
  private void refuse(int code, String why) {
    try {
      write(
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
              .formatted(code, why));
    } catch (IOException clientIsGone) {
      // Its input ends next.
    }
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> send(message));
  }

  private void send(JSONRPCMessage message) {
    if (message instanceof JSONRPCResponse response && calls.isWithdrawn(response.id())) {
      return;
    }
    try {
      write(mapper.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return mapper.convertValue(data, type);
  }

  @Override
  public Mono<Void> notifyClients(String method, Object parameters) {
    return Objects.requireNonNull(session).sendNotification(method, parameters);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public void close() {}

  @Override
  public List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2024_11_05,
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }
}
