package dev.workbuddy.backup.health;

import java.util.List;

/** All components, in the order in which people want to see them. A further one joins here. */
final class Declarations {
  static final List<Declaration> ALL =
      List.of(
          Configuration.DECLARATION,
          LocalSnapshots.DECLARATION,
          Coverage.DECLARATION,
          RegularRuns.DECLARATION,
          SecondPlace.DECLARATION,
          GithubBackups.DECLARATION,
          OtherCopies.RCLONE,
          OtherCopies.DIRECTORY,
          RestoreDrills.DECLARATION);

  private Declarations() {}

  static List<String> ids() {
    return ALL.stream().map(Declaration::id).toList();
  }

  static List<Component> at(Site site) {
    return ALL.stream().flatMap(declaration -> declaration.at().apply(site).stream()).toList();
  }
}
