package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataHealth;
import dev.workbuddy.backup.capability.HealthResult;
import dev.workbuddy.backup.capability.SettingsGraph;
import dev.workbuddy.backup.health.PreferenceResult;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "doctor",
    description = "Check everything that backups depend on, and repair what is wrong.")
final class DoctorCommand implements Callable<Integer> {
  private static final String ANYTHING = "";

  @ParentCommand private WbBackup root;

  @Option(
      names = "--fix",
      arity = "0..1",
      fallbackValue = ANYTHING,
      paramLabel = "REQUIREMENT",
      description = "Repair a requirement; without a name, each that needs it, one after another.")
  private @Nullable String fix;

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME",
      description = "The repository for repo-configured; made, private, if it is not there.")
  private @Nullable String repo;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "The databases' directory for configuration-written.")
  private @Nullable String directory;

  @Option(
      names = "--prefer",
      paramLabel = "COMPONENT=CHOICE",
      description = "Say whether a component is wanted, unwanted or undecided.")
  private @Nullable String prefer;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for --prefer.")
  private @Nullable String reason;

  @Option(
      names = "--cached",
      description = "Ask no network: what was found a short while ago is enough.")
  private boolean cached;

  @Option(
      names = "--graph",
      description = "Print the control graph as JSON, as work-buddy's Settings tab draws it.")
  private boolean graph;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    if (prefer != null) {
      return choose(session, prefer);
    }
    if (fix == null) {
      return session.run(
          session.capabilities().dataHealth(),
          new DataHealth.LookParameters(!cached, !graph),
          graph ? DoctorCommand::printGraph : DoctorTexts::print);
    }
    DoctorRepairs repairs = new DoctorRepairs(session, given(), yes.given());
    return fix.equals(ANYTHING) ? repairs.all() : repairs.one(fix);
  }

  private static void printGraph(HealthResult result, Printer out) {
    out.document(Json.text(SettingsGraph.of(result.graph())));
  }

  /** The answers that need not be asked for. */
  private Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    if (repo != null) {
      given.put("repo", repo);
    }
    if (directory != null) {
      given.put("directory", directory);
    }
    return given;
  }

  private int choose(Session session, String choice) throws Exception {
    String[] words = choice.split("=", -1);
    if (words.length != 2) {
      throw new BackupException(
          ErrorCode.USAGE,
          "cannot understand --prefer " + choice,
          "Write it as COMPONENT=wanted, =unwanted or =undecided.");
    }
    return session.run(
        session.capabilities().dataHealthPrefer(),
        new DataHealth.PreferParameters(words[0], words[1], reason, false),
        DoctorCommand::print);
  }

  private static void print(PreferenceResult result, PrintStream out) {
    out.printf(
        "%s is %s; %s %s%n",
        result.component(),
        result.choice(),
        result.changed() ? "wrote that into" : "so it was already in",
        result.file());
  }
}
