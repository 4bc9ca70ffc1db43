package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.sqlite.FileState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What can be seen of the live databases without opening them. */
final class LiveState {
  private LiveState() {}

  /** Texts that change whenever somebody writes into a live database. */
  static List<String> of(Settings settings) throws IOException {
    List<String> state = new ArrayList<>();
    for (VitalDatabase database : settings.databases()) {
      state.addAll(FileState.of(database.in(settings.dbDir())).files());
    }
    return state;
  }

  /** Returns the texts of {@link #of} and one for a plan. */
  static List<String> and(Settings settings, Object plan) throws IOException {
    List<String> state = new ArrayList<>(of(settings));
    state.add(Json.line(plan));
    return state;
  }
}
