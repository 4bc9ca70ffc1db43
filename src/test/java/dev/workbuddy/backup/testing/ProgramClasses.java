package dev.workbuddy.backup.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** All classes of the program as ArchUnit sees them, read once for all tests of a process. */
public final class ProgramClasses {
  private ProgramClasses() {}

  public static JavaClasses all() {
    return Once.ALL;
  }

  private static final class Once {
    private static final JavaClasses ALL =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.workbuddy.backup");
  }
}
