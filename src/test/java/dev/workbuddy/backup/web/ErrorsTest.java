package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Errors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever ends a request's work, the request is answered, and the next one finds its place. */
@Timeout(60)
class ErrorsTest {
  private static final int MORE_THAN_RUN_AT_ONCE = 40;

  @TempDir private Path directory;

  private static ObjectNode document(int length) {
    return JsonNodeFactory.instance.objectNode().put("text", "x".repeat(length));
  }

  private static Executor threads() {
    return task -> Thread.ofPlatform().daemon().start(task);
  }

  @ParameterizedTest
  @EnumSource
  void job_workThrows_hasFailedAndItsPlaceIsFree(Errors kind) throws Exception {
    Jobs jobs = new Jobs(new Random(1), threads());
    for (int i = 0; i < MORE_THAN_RUN_AT_ONCE; i++) {
      Job job =
          jobs.begin(
              "any",
              _ -> {
                throw kind.make();
              });
      JobView end = job.awaitEnd();
      assertThat(end.state()).isEqualTo("failed");
      assertThat(end.httpStatus()).isEqualTo(500);
      assertThat(end.document().at("/error/code").stringValue()).isEqualTo(kind.code());
    }
    assertThat(jobs.begin("any", _ -> document(1)).awaitEnd().isDone()).isTrue();
    jobs.close();
  }

  @ParameterizedTest
  @EnumSource
  void job_noThreadForIt_hasFailedAndItsPlaceIsFree(Errors kind) throws Exception {
    Jobs jobs =
        new Jobs(
            new Random(1),
            _ -> {
              throw kind.make();
            });
    for (int i = 0; i < MORE_THAN_RUN_AT_ONCE; i++) {
      JobView end = jobs.begin("any", _ -> document(1)).awaitEnd();
      assertThat(end.document().at("/error/code").stringValue()).isEqualTo(kind.code());
    }
    jobs.close();
  }

  @Test
  void close_jobThatHangs_waitsNoLongerThanItsGrace() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Jobs jobs = new Jobs(new Random(1), threads());
    Job hanging =
        jobs.begin(
            "any",
            _ -> {
              never.await();
              return document(1);
            });

    jobs.close(Duration.ofMillis(50));

    assertThat(hanging.view().isRunning()).isTrue();
    never.countDown();
  }

  @Test
  void keptAnswers_areBoundedTogether() throws Exception {
    Jobs jobs = new Jobs(new Random(1), threads());
    Job first = jobs.begin("any", _ -> document(6 << 20));
    first.awaitEnd();
    for (int i = 0; i < 4; i++) {
      jobs.begin("any", _ -> document(6 << 20)).awaitEnd();
    }
    Job last = jobs.begin("any", _ -> document(1));
    last.awaitEnd();

    assertThat(jobs.find(first.id())).isEmpty();
    assertThat(jobs.find(last.id())).contains(last);
    jobs.close();
  }

  private record Asked(String name, String method, String path, String body) {}

  /** Jobs that are waited for, and what answers without a job. */
  private static final Asked[] REQUESTS = {
    new Asked("a call", "POST", "/api/capabilities/data_backup_list", "{}"),
    new Asked("the list", "GET", "/api/snapshots", ""),
    new Asked("the curves", "GET", "/api/curves", ""),
    new Asked("the runs", "GET", "/api/runs", ""),
  };

  @ParameterizedTest
  @EnumSource
  void requests_whateverTheirWorkThrows_areAnsweredAndTheNextOnesWork(Errors kind)
      throws Exception {
    try (Site _ = new Site(directory)) {
      // Furnishes the directory.
    }
    Errors.Variables variables = new Errors.Variables(Map.of());
    try (Site site = new Site(directory, variables)) {
      for (Asked asked : REQUESTS) {
        variables.set(kind);
        int before = variables.thrown();
        HttpResponse<String> refused = send(site, asked);
        assertThat(variables.thrown()).as(asked.name()).isGreaterThan(before);
        assertThat(refused.statusCode()).as(asked.name() + refused.body()).isEqualTo(500);
        assertThat(Site.code(refused)).as(asked.name()).isEqualTo(kind.code());

        variables.set(null);
        assertThat(send(site, asked).statusCode()).as(asked.name()).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<String> send(Site site, Asked asked) throws Exception {
    return asked.method().equals("POST")
        ? site.post(asked.path(), asked.body())
        : site.send(site.request(asked.path()));
  }
}
