package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.ConfigChange;
import dev.workbuddy.backup.config.LocalConfig;
import dev.workbuddy.backup.config.Preference;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the user's choices about components into {@code config.local.yaml}. */
public final class PreferenceWriter {
  private static final String NO_REASON = "none given";

  private final HealthContext context;

  PreferenceWriter(HealthContext context) {
    this.context = context;
  }

  /**
   * Writes one choice.
   *
   * @param reason in the user's words; null for none
   * @throws BackupException {@code usage} for a component that is not there or is core
   */
  public PreferenceResult choose(String id, Preference.Choice choice, @Nullable String reason)
      throws IOException {
    LocalConfig.Prepared prepared = prepare(id, choice, reason);
    prepared.write();
    return result(id, choice, reason, prepared);
  }

  /** What {@link #choose} would write, with the same refusals. */
  public PreferenceResult plan(String id, Preference.Choice choice, @Nullable String reason)
      throws IOException {
    return result(id, choice, reason, prepare(id, choice, reason));
  }

  private LocalConfig.Prepared prepare(String id, Preference.Choice choice, @Nullable String reason)
      throws IOException {
    requireOptional(id);
    return new LocalConfig(context.settings().configDir()).prepare(changes(id, choice, reason));
  }

  private static PreferenceResult result(
      String id, Preference.Choice choice, @Nullable String reason, LocalConfig.Prepared prepared) {
    return new PreferenceResult(id, choice.word(), reason, prepared.file(), prepared.changes());
  }

  private static void requireOptional(String id) {
    ComponentDefinition definition =
        ComponentDefinitions.ALL.stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new BackupException(
                        ErrorCode.USAGE,
                        "there is no component " + id,
                        "There are " + String.join(", ", ComponentDefinitions.ids()) + "."));
    if (definition.core()) {
      throw new BackupException(
          ErrorCode.USAGE,
          id + " is required: it cannot be switched off",
          "Optional components are those with copies off this machine.");
    }
  }

  private List<ConfigChange> changes(String id, Preference.Choice choice, @Nullable String reason) {
    List<ConfigChange> changes = new ArrayList<>();
    changes.add(
        switch (choice) {
          case WANTED -> ConfigChange.truth(true, "features", id, "wanted");
          case UNWANTED -> ConfigChange.truth(false, "features", id, "wanted");
          case UNDECIDED -> ConfigChange.text(choice.written(), "features", id, "wanted");
        });
    boolean hadReason = context.features().of(id).reason() != null;
    if (reason != null || hadReason) {
      changes.add(ConfigChange.text(reason == null ? NO_REASON : reason, "features", id, "reason"));
    }
    return changes;
  }
}
