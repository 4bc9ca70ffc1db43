package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One repair: look, repair, look again. */
final class Repair {
  private static final String DEFAULT_AGENT = "claude";

  private final Health health;
  private final Map<String, String> environment;

  Repair(Health health, Map<String, String> environment) {
    this.health = health;
    this.environment = environment;
  }

  /** A requirement with the component that has it. */
  private record Found(Component component, Requirement requirement) {}

  FixReport run(String id, Map<String, String> input) throws InterruptedException {
    return go(id, input, true);
  }

  /** What a repair would do. */
  FixReport plan(String id, Map<String, String> input) throws InterruptedException {
    return go(id, input, false);
  }

  private FixReport go(String id, Map<String, String> input, boolean works)
      throws InterruptedException {
    Found found = find(id);
    refuseUnwanted(found.component());
    Map<String, Finding> all = health.look(found.component());
    Finding before = of(all, id);
    if (before.isOk()) {
      return report(found, new FixResult(true, "nothing to repair", List.of()), before, null);
    }
    for (String needed : found.requirement().needs()) {
      if (!of(all, needed).isOk()) {
        return report(found, comesFirst(needed, of(all, needed)), before, null);
      }
    }
    return switch (before.fixedBy(found.requirement().fixer())) {
      case Fixer.None none -> report(found, byHand(before, none), before, null);
      case Fixer.AgentHandoff handoff -> handOff(found, handoff, before);
      case Fixer.Programmatic fixer ->
          works
              ? work(found, fixer.work(), Map.of())
              : report(found, planned(fixer.does(), Map.of()), before, null);
      case Fixer.InputRequired fixer -> {
        Map<String, String> complete = complete(id, fixer, input);
        yield works
            ? work(found, fixer.work(), complete)
            : report(found, planned(fixer.does(), complete), before, null);
      }
    };
  }

  private static FixResult byHand(Finding before, Fixer.None none) {
    return FixResult.failed(
        Sentences.join(before.detail(), before.next().isEmpty() ? none.advice() : before.next()));
  }

  private static FixResult planned(String does, Map<String, String> input) {
    String given =
        new TreeMap<>(input)
            .entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    return FixResult.failed("this would " + does + (given.isEmpty() ? "" : " (" + given + ")"));
  }

  private static Finding of(Map<String, Finding> all, String id) {
    return Objects.requireNonNull(all.get(id), id);
  }

  private static FixResult comesFirst(String needed, Finding finding) {
    return FixResult.failed(
        "nothing was done: %s comes first (%s). `wb-backup doctor --fix %s` repairs it."
            .formatted(needed, finding.detail(), needed));
  }

  private Found find(String id) {
    List<Found> all =
        health.components().stream()
            .flatMap(
                component ->
                    component.requirements().stream().map(each -> new Found(component, each)))
            .toList();
    return all.stream()
        .filter(each -> each.requirement().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "there is no requirement " + id,
                    all.stream()
                        .map(each -> each.requirement().id())
                        .collect(Collectors.joining(", ", "There are ", "."))));
  }

  private static void refuseUnwanted(Component component) {
    if (component.isUnwanted()) {
      throw usage(
          component.id() + " is unwanted, so nothing of it is repaired",
          "`wb-backup doctor --prefer %s=wanted` changes that.".formatted(component.id()));
    }
  }

  private static Map<String, String> complete(
      String id, Fixer.InputRequired fixer, Map<String, String> input) {
    for (Fixer.Field field : fixer.fields()) {
      if (input.getOrDefault(field.name(), "").isBlank()) {
        throw usage(
            "cannot repair %s without knowing: %s".formatted(id, field.label()),
            "Give --%s; on a terminal `wb-backup doctor --fix %s` asks."
                .formatted(field.name(), id));
      }
    }
    return input;
  }

  private static BackupException usage(String message, String hint) {
    return new BackupException(ErrorCode.USAGE, message, hint);
  }

  private FixReport work(Found found, Fixer.Work work, Map<String, String> input)
      throws InterruptedException {
    FixResult result = attempt(work, input);
    Found now = find(found.requirement().id());
    Finding after = of(health.look(now.component()), now.requirement().id());
    return report(now, result, after, null);
  }

  private static FixResult attempt(Fixer.Work work, Map<String, String> input)
      throws InterruptedException {
    try {
      return work.run(input);
    } catch (BackupException e) {
      return FixResult.failed(Sentences.join(e.text(), e.hint()));
    } catch (IOException | RuntimeException e) {
      return FixResult.failed(
          "it failed: " + (e instanceof IOException io ? IoMessages.of(io) : e));
    }
  }

  private FixReport handOff(Found found, Fixer.AgentHandoff fixer, Finding before) {
    FixReport.Handoff handoff =
        new FixReport.Handoff(fixer.brief(), fixer.commands(), agentCommand());
    String detail = before.detail() + "; this takes a person, and an agent can guide them";
    return report(found, FixResult.failed(detail), before, handoff);
  }

  private List<String> agentCommand() {
    List<String> configured = health.site().features().agentCommand();
    if (!configured.isEmpty()) {
      return configured;
    }
    return Programs.find(DEFAULT_AGENT, environment)
        .map(program -> List.of(program.toString()))
        .orElse(List.of());
  }

  /** Only what was found afterwards says whether it worked. */
  private static FixReport report(
      Found found, FixResult result, Finding after, FixReport.@Nullable Handoff handoff) {
    boolean met = after.isOk();
    Status otherwise = handoff == null ? Status.FAILED : Status.INCOMPLETE;
    String detail =
        met || !result.ok() ? result.detail() : Sentences.join(after.detail(), after.next());
    return new FixReport(
        met ? Status.DONE : otherwise,
        found.requirement().id(),
        after.fixedBy(found.requirement().fixer()).kind(),
        met,
        detail,
        result.sideEffects(),
        after.condition(),
        handoff);
  }
}
