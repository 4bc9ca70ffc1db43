package dev.workbuddy.backup.io;

import java.util.Map;
import java.util.Set;

/**
 * Variables that open this program's page, or its door for agents, to others. No program that it
 * starts gets them: a hook, a migration or an agent could pass them on. What else is in the
 * environment, such as a token for GitHub, belongs to the user and to the tools that need it.
 */
public final class OwnSecrets {
  public static final Set<String> VARIABLES =
      Set.of("WB_BACKUP_TOKEN", "WB_BACKUP_AGENT_TOKEN", "WB_BACKUP_KEYSTORE_PASSWORD");

  private OwnSecrets() {}

  /** Takes them out of the environment that a program is about to get. */
  public static ProcessBuilder withhold(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(VARIABLES);
    return builder;
  }
}
