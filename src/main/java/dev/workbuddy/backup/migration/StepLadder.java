package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import java.util.Comparator;
import java.util.List;

/**
 * A ladder of steps that are run here, one transaction each.
 *
 * @param steps those of the versions 1, 2, 3, … without a gap
 * @param baseline the version that a database is taken to be at that was never on a ladder
 */
public record StepLadder(List<Step> steps, int baseline) implements Ladder {

  /**
   * A ladder of the steps, which may come in any order.
   *
   * @throws BackupException {@code ladder-invalid} where there is none, one is missing, or two have
   *     the same version
   */
  public StepLadder {
    steps = steps.stream().sorted(Comparator.comparingInt(Step::version)).toList();
    if (steps.isEmpty()) {
      throw Refusals.invalid("a ladder without steps");
    }
    for (int i = 0; i < steps.size(); i++) {
      requireVersion(i + 1, steps.get(i));
    }
    if (baseline < 1 || baseline > steps.size()) {
      throw Refusals.invalid("there is no step " + baseline + " to begin with");
    }
  }

  /** One for which databases that were never on it are at its top already. */
  public StepLadder(List<Step> steps) {
    this(steps, Math.max(1, steps.size()));
  }

  /** Returns this ladder for databases that were already at this version when they came to it. */
  public StepLadder withBaseline(int version) {
    return new StepLadder(steps, version);
  }

  private static void requireVersion(int expected, Step step) {
    String which = "step " + step.version() + " (" + step.description() + ")";
    if (step.version() < 1) {
      throw Refusals.invalid(which + ": versions begin with 1");
    }
    if (step.version() < expected) {
      throw Refusals.invalid("version " + step.version() + " has two steps; one is " + which);
    }
    if (step.version() > expected) {
      throw Refusals.invalid("step " + expected + " is missing: the next one is " + which);
    }
  }

  @Override
  public int top() {
    return steps.size();
  }

  /** The step that leads to a version between 1 and the top. */
  Step step(int version) {
    return steps.get(version - 1);
  }

  @Override
  public Migration plan(int version, boolean hasTables) {
    boolean adopted = version == 0 && hasTables;
    int start = adopted ? baseline : version;
    List<StepSummary> rungs =
        steps.stream().filter(step -> step.version() > start).map(Step::rung).toList();
    return new Migration(version, top(), adopted, rungs);
  }
}
