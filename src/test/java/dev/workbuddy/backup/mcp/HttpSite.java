package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Sleeper;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A web server with the servlet at {@code /mcp}, on a port of its own. */
final class HttpSite implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  HttpSite(Path directory) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    InstantSource clock = InstantSource.system();
    McpFace face =
        new McpFace(
            Workspaces.in(directory, clock, Sleeper.real()),
            Workspaces.questions(directory, clock),
            "test");
    ServletHolder holder = new ServletHolder(face.servlet("/mcp"));
    holder.setAsyncSupported(true);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(holder, "/mcp");
    server.setHandler(context);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
