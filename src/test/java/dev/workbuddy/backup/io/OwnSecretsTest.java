package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to start a program. */
class OwnSecretsTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path directory;

  enum Way {
    TO_ITS_END_OR_OURS {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.run(call).stdout();
      }
    },
    TO_ITS_END {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.runToItsEnd(call).stdout();
      }
    },
    LISTENED_TO {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.run(call, _ -> {}).stdout();
      }
    },
    WATCHED {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.runWatched(call, new byte[0], _ -> {}).stdout();
      }
    },
    INTO_A_FILE {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        Path file = call.directory().resolve("out");
        Subprocess.runInto(file, call);
        return Files.readString(file);
      }
    },
    FROM_A_FILE {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.runFrom(Files.createFile(call.directory().resolve("in")), call).stdout();
      }
    },
    WITH_MORE_VARIABLES {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.run(call.command(), call.directory(), call.environment(), LIMIT).stdout();
      }
    },
    WITHOUT_SOME_VARIABLES {
      @Override
      String run(Subprocess.Call call) throws IOException, InterruptedException {
        return Subprocess.run(
                call.command(), call.directory(), call.environment(), Set.of("LANG"), LIMIT)
            .stdout();
      }
    };

    abstract String run(Subprocess.Call call) throws IOException, InterruptedException;
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToStartAProgram_ourSecrets_areWithheldAndTheRestIsThere(Way way) throws Exception {
    Tools.require("env");
    Map<String, String> variables = new HashMap<>();
    OwnSecrets.VARIABLES.forEach(name -> variables.put(name, "opensThePage"));
    variables.put("GH_TOKEN", "theUsers");
    variables.put("PATH", System.getenv("PATH"));
    String seen =
        way.run(new Subprocess.Call(List.of("env"), directory, variables, LIMIT, 1 << 16));
    assertThat(seen).contains("GH_TOKEN=theUsers").doesNotContain("opensThePage");
  }

  @Test
  void runWays_areAllCovered() {
    long ways =
        Arrays.stream(Subprocess.class.getMethods())
            .filter(method -> method.getName().startsWith("run"))
            .count();
    assertThat(Way.values()).hasSize((int) ways);
  }
}
