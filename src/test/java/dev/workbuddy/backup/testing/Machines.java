package dev.workbuddy.backup.testing;

import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Sleeper;
import java.time.InstantSource;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** Machines to run on, with this process's environment. */
@NullMarked
public final class Machines {
  private Machines() {}

  public static Machine of(String host, InstantSource clock, Sleeper sleeper) {
    return new Machine(System.getenv(), host, clock, sleeper, new Random(1));
  }
}
