package dev.workbuddy.backup.config;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as its file describes it. Whether the schedule means anything, and whether there is such a
 * capability with such parameters, is for others to judge.
 *
 * @param name the file's name without its ending
 * @param schedule a cron expression
 * @param recurring false for a job that runs once
 * @param capability the name of what it calls
 * @param params the parameters, an object
 * @param jitter by how much machines with the same job may differ at most
 * @param zone the time zone that the schedule is meant in; null for the machine's
 */
public record JobDefinition(
    String name,
    String schedule,
    boolean recurring,
    boolean enabled,
    String capability,
    JsonNode params,
    Duration jitter,
    @Nullable ZoneId zone) {

  /** Returns this job on another schedule. */
  public JobDefinition onSchedule(String other) {
    return new JobDefinition(name, other, recurring, enabled, capability, params, jitter, zone);
  }
}
