package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.web.WebFace;
import dev.workbuddy.backup.web.WebOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "serve",
    description = {
      "Serve the page, its API and agents (at /mcp) over HTTP until stopped.",
      "It prints an address with a token, which lets a browser in; agents send theirs as"
          + " Authorization: Bearer. WB_BACKUP_TOKEN and WB_BACKUP_AGENT_TOKEN set ones that stay."
    })
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; anything but this machine requires --keystore and"
              + " WB_BACKUP_TOKEN.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8765",
      description = "Port to listen on; 0 takes any free one. Default: 8765.")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Another host name by which browsers reach this machine.")
  private List<String> names = List.of();

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description = "Serve HTTPS with this PKCS #12 file; WB_BACKUP_KEYSTORE_PASSWORD opens it.")
  private @Nullable Path keystore;

  @Override
  public Integer call() throws Exception {
    Environment environment = root.environment();
    try (ExecutorService executor = Executors.newCachedThreadPool()) {
      WebOptions options = options(environment);
      WebFace face =
          WebFace.start(
              root.session().capabilities(),
              root.questions(),
              Build.version(),
              options,
              environment.clock(),
              new SecureRandom(),
              executor);
      boolean known = options.token() != null; // A secret that somebody chose is not shown.
      environment.out().println(known ? face.address() : face.addressWithToken());
      if (!root.quiet()) {
        environment
            .err()
            .println(
                known
                    ? "Open this address with ?token= and WB_BACKUP_TOKEN. Ctrl-C ends it."
                    : "Open this address in a browser. Ctrl-C ends it.");
        environment.err().println(forAgents(face, options));
      }
      stay(face);
    }
    return Status.INTERRUPTED.exitCode();
  }

  private static String forAgents(WebFace face, WebOptions options) {
    return "Agents: %smcp with Authorization: Bearer %s"
        .formatted(
            face.address(),
            options.agentToken() == null ? face.agentToken() : "and WB_BACKUP_AGENT_TOKEN");
  }

  private static void stay(WebFace face) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(Boundary.atShutdown(face::close, _ -> {}));
    new CountDownLatch(1).await();
  }

  private WebOptions options(Environment environment) {
    if (port < 0 || port > 65535) {
      throw new BackupException(
          ErrorCode.USAGE, port + " is not a valid port", "Give a number from 0 to 65535.");
    }
    return new WebOptions(
        host,
        port,
        names,
        environment.variables().get("WB_BACKUP_TOKEN"),
        environment.variables().get("WB_BACKUP_AGENT_TOKEN"),
        tls(environment));
  }

  private WebOptions.@Nullable Tls tls(Environment environment) {
    if (keystore == null) {
      return null;
    }
    String password = environment.variables().get("WB_BACKUP_KEYSTORE_PASSWORD");
    if (password == null) {
      throw new BackupException(
          ErrorCode.USAGE,
          "WB_BACKUP_KEYSTORE_PASSWORD is not set",
          "Set it to what opens " + keystore + ".");
    }
    return new WebOptions.Tls(environment.workingDirectory().resolve(keystore), password);
  }
}
