package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.testing.ProgramClasses;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** A command has no logic of its own: it is a face of a capability. */
class FacesTest {
  /** Those that show the program, make others show it, or answer what they ask. */
  private static final Set<Class<?>> OTHERS =
      Set.of(
          WbBackup.class,
          DemoCommand.class,
          McpCommand.class,
          ServeCommand.class,
          CommandsCommand.class,
          ConfirmCommand.class,
          SidecarCommand.class);

  /** Those that other faces show. */
  private static final Set<String> WITHOUT_COMMAND = Set.of("dataLastRun", "dataRuns");

  private static Stream<JavaClass> commandLine() {
    String room = FacesTest.class.getPackageName();
    return ProgramClasses.all().stream().filter(type -> type.getPackageName().equals(room));
  }

  private static Stream<JavaClass> commands() {
    return commandLine()
        .filter(type -> type.isAnnotatedWith(Command.class))
        .filter(type -> OTHERS.stream().noneMatch(type::isEquivalentTo));
  }

  private static Set<String> called(JavaClass command) {
    return command.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().isEquivalentTo(Capabilities.class))
        .map(call -> call.getTarget().getName())
        .collect(Collectors.toSet());
  }

  @Test
  void everyCommand_callsACapability() {
    assertThat(commands()).hasSizeGreaterThan(10).allMatch(command -> !called(command).isEmpty());
  }

  @Test
  void everyCapability_hasACommand() {
    Set<String> called =
        commandLine().flatMap(type -> called(type).stream()).collect(Collectors.toSet());
    assertThat(
            Arrays.stream(Capabilities.class.getRecordComponents()).map(RecordComponent::getName))
        .filteredOn(name -> !WITHOUT_COMMAND.contains(name))
        .isSubsetOf(called);
  }
}
