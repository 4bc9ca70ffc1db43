package dev.workbuddy.backup.health;

import java.util.List;

/** All components, in the order in which people want to see them. A further one joins here. */
final class ComponentDefinitions {
  static final List<ComponentDefinition> ALL =
      List.of(
          Configuration.DECLARATION,
          LocalSnapshots.DECLARATION,
          Coverage.DECLARATION,
          ScheduleComponent.DECLARATION,
          SecondPlace.DECLARATION,
          GithubBackups.DECLARATION,
          FolderRemoteComponents.RCLONE,
          FolderRemoteComponents.DIRECTORY,
          RestoreDrills.DECLARATION);

  private ComponentDefinitions() {}

  static List<String> ids() {
    return ALL.stream().map(ComponentDefinition::id).toList();
  }

  static List<Component> at(HealthContext context) {
    return ALL.stream().flatMap(declaration -> declaration.at().apply(context).stream()).toList();
  }
}
