package dev.workbuddy.backup.schedule;

import java.util.List;

/**
 * All jobs that there are, and what is wrong with the files of others.
 *
 * @param jobs by name, those that are not enabled among them
 * @param problems each begins with its file's name and, where known, the line
 */
public record JobList(List<Job> jobs, List<String> problems) {
  public JobList {
    jobs = List.copyOf(jobs);
    problems = List.copyOf(problems);
  }
}
