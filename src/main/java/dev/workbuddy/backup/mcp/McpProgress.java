package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.io.Progress;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * Progress as the client wants it: a notification for each step and for each twentieth of it, if
 * the client gave a token. Ends work that the client no longer wants.
 */
final class McpProgress implements Progress {
  private static final int PARTS = 20;

  private final McpSyncServerExchange client;
  private final Call call;
  private final @Nullable Object token;
  private String step = "";
  private long part;
  private int told;

  McpProgress(McpSyncServerExchange client, Call call, @Nullable Object token) {
    this.client = client;
    this.call = call;
    this.token = token;
  }

  @Override
  public synchronized void step(String what) {
    step = what;
    part = 0;
    tell(what);
  }

  @Override
  public synchronized void advance(long done, long total) {
    long now = total <= 0 ? 0 : done * PARTS / total;
    if (now > part) {
      part = now;
      tell("%s (%d %%)".formatted(step, Math.min(100, now * 100 / PARTS)));
    }
  }

  @Override
  public void checkpoint() {
    call.requireWanted();
  }

  /** The protocol wants numbers that grow; how much there is to do in all, nobody knows. */
  private void tell(String what) {
    if (token == null || call.isWithdrawn()) {
      return;
    }
    try {
      client.progressNotification(
          new McpSchema.ProgressNotification(token, (double) ++told, null, what, null));
    } catch (RuntimeException | Error clientIsGone) {
      // The work goes on.
    }
  }
}
