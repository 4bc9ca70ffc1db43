package dev.workbuddy.backup.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;

/**
 * Writes messages, and where an answer cannot be written, for example because memory does not
 * suffice for it, an error in its place: whoever asked gets a word in any case.
 */
record WholeAnswers(McpJsonMapper mapper) implements McpJsonMapper {
  @Override
  public String writeValueAsString(Object value) throws IOException {
    try {
      return mapper.writeValueAsString(value);
    } catch (IOException | RuntimeException | Error e) {
      if (value instanceof JSONRPCResponse answer) {
        return mapper.writeValueAsString(inPlaceOf(answer, e));
      }
      throw new IOException("a message could not be written: " + e, e);
    }
  }

  private static JSONRPCResponse inPlaceOf(JSONRPCResponse answer, Throwable error) {
    String why = Answers.error(McpSchema.ErrorCodes.INTERNAL_ERROR, error).getMessage();
    return JSONRPCResponse.error(
        answer.id(),
        new JSONRPCResponse.JSONRPCError(
            McpSchema.ErrorCodes.INTERNAL_ERROR, "the answer could not be written: " + why));
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }

  @Override
  public <T> T readValue(String content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(String content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T convertValue(Object from, Class<T> type) {
    return mapper.convertValue(from, type);
  }

  @Override
  public <T> T convertValue(Object from, TypeRef<T> type) {
    return mapper.convertValue(from, type);
  }
}
