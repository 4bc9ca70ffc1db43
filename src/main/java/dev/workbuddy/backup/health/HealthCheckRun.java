package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.Boundary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One round of looking at components, each on a thread of its own. */
final class HealthCheckRun {
  private final ProbeTimeout timeout;
  private final ProbeCache cache;
  private final Instant now;
  private final boolean fresh;

  /**
   * @param fresh whether to ask again what is remembered
   */
  HealthCheckRun(ProbeTimeout timeout, ProbeCache cache, Instant now, boolean fresh) {
    this.timeout = timeout;
    this.cache = cache;
    this.now = now;
    this.fresh = fresh;
  }

  HealthReport of(List<Component> components) throws InterruptedException {
    List<Callable<HealthReport.OfComponent>> looks = new ArrayList<>();
    components.forEach(component -> looks.add(() -> look(component)));
    List<HealthReport.OfComponent> reports = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Future<HealthReport.OfComponent> report : threads.invokeAll(looks)) {
        reports.add(report.get());
      }
    } catch (ExecutionException e) {
      throw Boundary.unchecked(e.getCause());
    }
    return new HealthReport(now, reports);
  }

  private HealthReport.OfComponent look(Component component) throws InterruptedException {
    return new HealthReport.OfComponent(
        component.id(),
        component.declaration().title(),
        component.declaration().core(),
        component.preference(),
        requirements(component),
        component.isUnwanted() ? List.of() : checks(component),
        component.links());
  }

  private List<HealthReport.OfRequirement> requirements(Component component)
      throws InterruptedException {
    Map<String, HealthReport.OfRequirement> done = new LinkedHashMap<>();
    for (Requirement requirement : component.requirements()) {
      Finding finding =
          component.isUnwanted()
              ? Finding.unknown("not looked at: unwanted", "")
              : look(requirement, done);
      done.put(
          requirement.id(),
          new HealthReport.OfRequirement(
              requirement.id(),
              requirement.title(),
              requirement.needs(),
              finding,
              finding.fixedBy(requirement.fixer())));
    }
    return List.copyOf(done.values());
  }

  private Finding look(Requirement requirement, Map<String, HealthReport.OfRequirement> earlier)
      throws InterruptedException {
    Finding near = timeout.look(requirement.near());
    if (!near.isOk() || requirement.far().isEmpty()) {
      return near;
    }
    Optional<String> lacking =
        requirement.needs().stream()
            .filter(id -> !Objects.requireNonNull(earlier.get(id), id).finding().isOk())
            .findFirst();
    return lacking.isPresent()
        ? Finding.unknown("cannot be checked before " + lacking.get() + " is met", "")
        : lookFar(requirement.id(), requirement.far().get());
  }

  private Finding lookFar(String id, Requirement.RemoteProbe far) throws InterruptedException {
    String key = key(id, far);
    Optional<Finding> remembered = fresh ? Optional.empty() : cache.fresh(key, now);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Finding finding = timeout.look(far.probe());
    cache.put(key, finding, now);
    return finding;
  }

  private static String key(String requirement, Requirement.RemoteProbe far) {
    return far.key().isEmpty() ? requirement : requirement + " " + far.key();
  }

  private List<HealthReport.OfCheck> checks(Component component) throws InterruptedException {
    List<HealthReport.OfCheck> done = new ArrayList<>();
    for (Check check : component.checks()) {
      Finding finding = timeout.look(check.probe());
      done.add(new HealthReport.OfCheck(check.name(), finding));
      if (finding.isFailure()) {
        break;
      }
    }
    return done;
  }
}
