package dev.workbuddy.backup.health;

import java.io.IOException;

/** A look at something. It changes nothing. What it throws counts as unknown. */
@FunctionalInterface
public interface Probe {
  Finding look() throws IOException, InterruptedException;
}
