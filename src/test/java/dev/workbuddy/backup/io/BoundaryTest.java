package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundaryTest {
  private final List<Throwable> told = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void answer_workThrows_isWhatWasMadeOfIt(Errors kind) {
    Error error = kind.make();

    Throwable answer =
        Boundary.answer(
            () -> {
              throw error;
            },
            thrown -> thrown);

    assertThat(answer).isSameAs(error);
  }

  @ParameterizedTest
  @EnumSource
  void answer_thatCannotBeMadeAtFirst_isMadeOnceMore(Errors kind) {
    String answer =
        Boundary.answer(
            () -> {
              throw new IllegalStateException("first");
            },
            thrown -> {
              told.add(thrown);
              if (told.size() == 1) {
                throw kind.make();
              }
              return "made";
            });

    assertThat(answer).isEqualTo("made");
    assertThat(told).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void begin_workThrows_isToldOnce(Errors kind) {
    Error error = kind.make();

    Boundary.begin(
        Runnable::run,
        () -> {
          throw error;
        },
        told::add);

    assertThat(told).containsExactly(error);
  }

  @ParameterizedTest
  @EnumSource
  void begin_noThreadForIt_isToldOnce(Errors kind) {
    Error error = kind.make();
    Executor full =
        _ -> {
          throw error;
        };

    Boundary.begin(full, () -> told.add(new IllegalStateException("it ran")), told::add);

    assertThat(told).containsExactly(error);
  }

  @ParameterizedTest
  @EnumSource
  void atShutdown_workThrows_isToldOnce(Errors kind) throws Exception {
    Error error = kind.make();
    Thread hook =
        Boundary.atShutdown(
            () -> {
              throw error;
            },
            told::add);
    hook.start();
    hook.join();

    assertThat(told).containsExactly(error);
  }
}
