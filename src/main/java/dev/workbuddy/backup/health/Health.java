package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.LoadedConfig;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of all components of a machine, and their repair. It keeps nothing but what was found
 * far away; several threads may use it.
 */
public final class Health {
  /** How long a look may take before its answer counts as unknown. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Supplier<LoadedConfig> config;
  private final Path configDir;
  private final Machine machine;
  private final ProbeTimeout patience;

  /**
   * @param config reads the configuration anew; throws where it is missing or broken
   * @param configDir where the configuration is, or would be
   */
  public Health(Supplier<LoadedConfig> config, Path configDir, Machine machine, Duration patience) {
    this.config = config;
    this.configDir = configDir;
    this.machine = machine;
    this.patience = new ProbeTimeout(patience);
  }

  /** The machine as it is configured now. */
  HealthContext site() {
    LoadedConfig loaded = config.get();
    return new HealthContext(loaded.settings(), loaded.warnings(), machine);
  }

  Instant now() {
    return machine.clock().instant();
  }

  /**
   * Looks at everything.
   *
   * @param fresh whether to ask the network again what is remembered
   */
  public HealthReport look(boolean fresh) throws InterruptedException {
    HealthContext context;
    try {
      context = site();
    } catch (BackupException broken) {
      return new HealthCheckRun(patience, ProbeCache.none(), now(), fresh).of(blind(broken));
    }
    ProbeCache cache = ProbeCache.open(context.settings().backupsDir());
    HealthReport report =
        new HealthCheckRun(patience, cache, now(), fresh).of(ComponentDefinitions.at(context));
    cache.save(now());
    return report;
  }

  /**
   * Returns the components that always exist, with an unknown state since there are no settings.
   */
  private List<Component> blind(BackupException broken) {
    Component configuration =
        broken.code() == ErrorCode.CONFIG_MISSING
            ? Configuration.missing(broken.text(), broken.hint(), configDir)
            : Configuration.broken(broken.text(), broken.hint());
    return Stream.concat(
            Stream.of(configuration),
            ComponentDefinitions.ALL.stream()
                .filter(
                    declaration -> declaration.core() && !declaration.id().equals(Configuration.ID))
                .map(Configuration::unreadable))
        .toList();
  }

  /**
   * The components as they are now, for repairs; without a configuration those that always are.
   *
   * @throws BackupException the configuration's own error where it is broken
   */
  List<Component> components() {
    try {
      return ComponentDefinitions.at(site());
    } catch (BackupException unusable) {
      if (unusable.code() != ErrorCode.CONFIG_MISSING) {
        throw unusable;
      }
      return blind(unusable);
    }
  }

  /** Looks at one component's requirements alone, asking anew; the answers have their ids. */
  Map<String, Finding> look(Component component) throws InterruptedException {
    ProbeCache cache = memory();
    HealthReport report = new HealthCheckRun(patience, cache, now(), true).of(List.of(component));
    cache.save(now());
    return report.components().getFirst().requirements().stream()
        .collect(
            Collectors.toMap(HealthReport.OfRequirement::id, HealthReport.OfRequirement::finding));
  }

  /** Without a configuration there is no place to remember anything in. */
  private ProbeCache memory() {
    try {
      return ProbeCache.open(site().settings().backupsDir());
    } catch (BackupException unusable) {
      return ProbeCache.none();
    }
  }

  /**
   * Repairs a requirement and looks at it again. The report holds what goes wrong on the way, and
   * nothing is thrown for it.
   *
   * @param input what the fixer asks for, by the names of its fields
   * @throws BackupException {@code usage} where there is no such requirement, or input is missing;
   *     the configuration's own error where it is broken
   */
  public FixReport fix(String requirement, Map<String, String> input) throws InterruptedException {
    return new Repair(this, machine.environment()).run(requirement, input);
  }

  /**
   * What {@link #fix} would do, with the same refusals.
   *
   * @throws BackupException as {@link #fix}
   */
  public FixReport planFix(String requirement, Map<String, String> input)
      throws InterruptedException {
    return new Repair(this, machine.environment()).plan(requirement, input);
  }

  /** Whether a repair decides what happens here from now on; not so where there is none. */
  public boolean steers(String requirement) {
    return components().stream()
        .flatMap(component -> component.requirements().stream())
        .filter(each -> each.id().equals(requirement))
        .anyMatch(each -> each.fixer().steers());
  }

  /** What may be pushed to, by the user's choices. */
  public PushGate gate() {
    return PushGate.at(site());
  }

  /** Writes down whether the user wants a component; see {@link PreferenceWriter}. */
  public PreferenceWriter choosing() {
    return new PreferenceWriter(site());
  }
}
