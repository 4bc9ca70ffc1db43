package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Confirmations;
import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.mcp.McpFace;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the page, the API and agents over HTTP until it is closed. */
public final class WebFace implements AutoCloseable {
  /**
   * A client that reads or writes slowly keeps one of them. Those that nobody needs end. Virtual
   * ones would all wait for the few that read a file or a database.
   */
  private static final int MOST_THREADS = 256;

  private final WebOptions options;
  private final Credentials keys;
  private final Jobs jobs;
  private final Javalin server;
  private volatile RequestPolicy admission;

  private WebFace(
      Capabilities capabilities,
      Questions questions,
      String version,
      WebOptions options,
      InstantSource clock,
      RandomGenerator random,
      Executor executor) {
    this.options = options;
    this.keys = Credentials.of(options.token(), options.agentToken(), random);
    this.jobs = new Jobs(random, executor);
    this.admission = new RequestPolicy(options, options.port(), keys);
    Api api =
        new Api(
            capabilities,
            JsonCalls.ofPerson(new Confirmations(clock, random)),
            questions,
            jobs,
            version);
    McpFace mcp = new McpFace(capabilities, questions, version);
    this.server = Javalin.create(config -> furnish(config, api, mcp));
  }

  /**
   * Begins to serve.
   *
   * @param questions what agents ask, which the page shows and answers
   * @param random one that nobody can predict: tokens come from it
   * @param executor begins each call at once, on a thread of its own
   * @throws BackupException {@code io-failed} where the port is in use
   */
  public static WebFace start(
      Capabilities capabilities,
      Questions questions,
      String version,
      WebOptions options,
      InstantSource clock,
      RandomGenerator random,
      Executor executor) {
    WebFace face = new WebFace(capabilities, questions, version, options, clock, random, executor);
    try {
      face.server.start();
    } catch (JavalinBindException inUse) {
      throw new BackupException(
          ErrorCode.IO_FAILED,
          "cannot listen at %s, port %d: %s".formatted(options.host(), options.port(), why(inUse)),
          "Give another --port; 0 takes any that is free.",
          inUse);
    }
    face.admission = new RequestPolicy(options, face.server.port(), face.keys);
    return face;
  }

  private static String why(Throwable error) {
    return error.getCause() == null
        ? String.valueOf(error.getMessage())
        : String.valueOf(error.getCause().getMessage());
  }

  private void furnish(JavalinConfig config, Api api, McpFace mcp) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 4);
    config.jetty.host = options.host();
    config.jetty.port = options.port();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    WebOptions.Tls tls = options.tls();
    if (tls != null) {
      config.jetty.addConnector((jetty, http) -> TlsConnector.of(jetty, http, options, tls));
    }
    config.jetty.modifyServletContextHandler(context -> mount(context, mcp));
    Assets.addTo(config.routes);
    api.addTo(config.routes);
    refusals(config.routes);
  }

  /** The gate stands before every servlet, also before that of agents. */
  private void mount(ServletContextHandler context, McpFace mcp) {
    FilterHolder gate =
        new FilterHolder(new SecurityFilter(() -> admission, keys, options.tls() != null));
    gate.setAsyncSupported(true);
    context.addFilter(gate, "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder agents = new ServletHolder(mcp.servlet("/mcp"));
    agents.setAsyncSupported(true);
    context.addServlet(agents, "/mcp");
  }

  private static void refusals(RoutesConfig routes) {
    routes.exception(
        HttpProblem.RefusedException.class,
        (refused, context) ->
            Api.json(context, refused.refusal().http(), refused.refusal().document()));
    routes.exception(
        Exception.class,
        (error, context) -> {
          HttpProblem problem = HttpProblem.of(ErrorMapper.of(error));
          Api.json(context, problem.http(), problem.document());
        });
    routes.error(
        404,
        context -> {
          if (!"application/json".equals(context.res().getContentType())) {
            HttpProblem problem =
                HttpProblem.of(404, "not-found", "there is nothing here", "The page is at /.");
            Api.json(context, 404, problem.document());
          }
        });
    routes.error(
        405,
        context -> {
          HttpProblem problem =
              HttpProblem.of(
                  405,
                  "method-unknown",
                  context.path() + " does not take " + context.req().getMethod(),
                  "/api/openapi.json says what it takes.");
          Api.json(context, 405, problem.document());
        });
  }

  /** Where it is served, without the token. */
  public String address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "%s://%s:%d/".formatted(options.scheme(), host, server.port());
  }

  /** The address that lets a browser in. */
  public String addressWithToken() {
    return address() + "?token=" + keys.token();
  }

  /** What agents send as their bearer token; it opens {@code /mcp} alone. */
  public String agentToken() {
    return keys.agents();
  }

  /** Takes no more requests; calls that are being made end at their next checkpoint. */
  @Override
  public void close() {
    try {
      jobs.close();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
