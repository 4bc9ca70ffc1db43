package dev.workbuddy.backup;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.workbuddy.backup.io.Printer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The house: rooms know only rooms on lower floors, or on their own floor without a circle. */
@AnalyzeClasses(packages = RoomsTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  static final String ROOT = "dev.workbuddy.backup";

  /** From the roof to the ground; the rooms of one line share a floor. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("cli", "demo", "mcp", "sidecar", "web"),
          List.of("capability"),
          List.of("health"),
          List.of("backup", "restore", "migrate", "diff", "rescue", "query", "drill", "tables"),
          List.of("guard", "runs", "signals", "remote"),
          List.of("snapshot", "retention", "migration", "schedule"),
          List.of("sqlite", "config", "pages"),
          List.of("io"),
          List.of("outcome"));

  @ArchTest static final ArchRule roomsKnowOnlyLowerFloors = floors();

  @ArchTest
  static final ArchRule roomsKnowNoneThatKnowsThem =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule subPackagesFormNoCircle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  /** Reading a pipe or a file keeps a carrier from all others: with one or two, for good. */
  @ArchTest
  static final ArchRule nothingRunsOnVirtualThreads =
      noClasses()
          .should()
          .callMethod(Thread.class, "ofVirtual")
          .orShould()
          .callMethod(Thread.class, "startVirtualThread", Runnable.class)
          .orShould()
          .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor");

  @ArchTest
  static final ArchRule timeComesFromOutside =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".cli.."))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".cli.."))
          .should()
          .dependOnClassesThat(resideInAPackage("picocli.."));

  /** Whoever reads a whole file reads all that somebody put there: a bound is io's to keep. */
  @ArchTest
  static final ArchRule noFileIsReadWithoutABound =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".io.."))
          .should()
          .callMethodWhere(
              target(owner(assignableTo(Files.class)))
                  .and(
                      target(
                          nameMatching(
                              "readAllBytes|readString|readAllLines|lines|newBufferedReader"))));

  /** What a printer has not looked at may steer a terminal. */
  @ArchTest
  static final ArchRule nobodyPrintsPastThePrinter =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".demo.."))
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".cli.Environment")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  /** Elsewhere a program could be started with what opens this program's page. */
  @ArchTest
  static final ArchRule programsAreStartedWithoutOurSecrets =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".io.Subprocess")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".cli.AgentSession")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".demo.RunningApplication")
          .should()
          .callMethod(ProcessBuilder.class, "start")
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class);

  /** Where bytes go out unseen: a protocol, a bar that moves, data for programs. */
  @ArchTest
  static final ArchRule onlyAFewWriteExactly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".cli.McpCommand")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".cli.QueryCommand")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".cli.Session")
          .should()
          .callMethod(Printer.class, "exact");

  @ArchTest
  static void everyRoomHasItsFloor(JavaClasses classes) {
    Set<String> known = FLOORS.stream().flatMap(List::stream).collect(Collectors.toSet());
    Set<String> found = classes.stream().map(RoomsTest::room).collect(Collectors.toSet());
    assertThat(found).isEqualTo(known);
  }

  /** Read in room restore; the rule holds for them as soon as they are read as other state is. */
  private static String room(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length() + 1);
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static LayeredArchitecture floors() {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      String[] packages =
          FLOORS.get(floor).stream().map(room -> ROOT + "." + room + "..").toArray(String[]::new);
      architecture = architecture.layer(name(floor)).definedBy(packages);
    }
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      List<String> above = new ArrayList<>();
      for (int higher = 0; higher < floor; higher++) {
        above.add(name(higher));
      }
      architecture =
          above.isEmpty()
              ? architecture.whereLayer(name(floor)).mayNotBeAccessedByAnyLayer()
              : architecture
                  .whereLayer(name(floor))
                  .mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
    }
    return architecture;
  }

  private static String name(int floor) {
    return String.join(" ", FLOORS.get(floor));
  }
}
