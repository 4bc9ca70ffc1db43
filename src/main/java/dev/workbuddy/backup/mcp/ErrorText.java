package dev.workbuddy.backup.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.util.StdConverter;

/** An error of the protocol, with its data said in the message where that is a text. */
final class ErrorText extends StdConverter<JSONRPCError, Map<String, Object>> {
  @Override
  public Map<String, Object> convert(JSONRPCError error) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("code", error.code());
    written.put(
        "message",
        error.data() instanceof String detail && !error.message().contains(detail)
            ? error.message() + ": " + detail
            : error.message());
    if (error.data() != null) {
      written.put("data", error.data());
    }
    return written;
  }
}
