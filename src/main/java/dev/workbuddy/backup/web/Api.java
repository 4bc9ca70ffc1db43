package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.DataHealth;
import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.capability.HealthResult;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.capability.Question;
import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.capability.SettingsGraph;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Outcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON side: each capability by its name, and shorter ways to what the page asks often. A call
 * is a job of its own, so it goes on when the client disappears.
 */
final class Api {
  private static final String LATER = "respond-async";

  private final Capabilities capabilities;
  private final JsonCalls calls;
  private final Questions questions;
  private final Jobs jobs;
  private final JobEvents events = new JobEvents();
  private final ObjectNode description;

  Api(Capabilities capabilities, JsonCalls calls, Questions questions, Jobs jobs, String version) {
    this.capabilities = capabilities;
    this.calls = calls;
    this.questions = questions;
    this.jobs = jobs;
    this.description = new OpenApi(capabilities, version).document();
  }

  void addTo(RoutesConfig routes) {
    get(routes, "/api/openapi.json", context -> json(context, 200, description));
    get(routes, "/api/control/graph", this::graph);
    post(routes, "/api/control/reprobe", context -> answer(context, "data_health", fresh(true)));
    post(
        routes,
        "/api/control/preference",
        context -> answer(context, "data_health_prefer", RequestBodies.object(context)));
    post(routes, "/api/control/fix/{requirement}", this::fix);
    get(routes, "/api/snapshots", this::snapshots);
    get(routes, "/api/snapshots/{id}", this::snapshot);
    get(routes, "/api/curves", new RowHistory(capabilities)::answer);
    get(routes, "/api/runs", this::runs);
    post(routes, "/api/capabilities/{name}", this::call);
    get(routes, "/api/questions", this::questions);
    post(routes, "/api/questions/{code}", this::answerQuestion);
    get(routes, "/api/jobs/{id}", context -> json(context, 200, job(context).view()));
    routes.delete("/api/jobs/{id}", answered(this::withdraw));
    get(routes, "/api/jobs/{id}/events", context -> events.send(job(context), context));
  }

  private static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, answered(handler));
  }

  private static void post(RoutesConfig routes, String path, Handler handler) {
    routes.post(path, answered(handler));
  }

  /** Javalin answers exceptions as we want, but not errors. */
  private static Handler answered(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Error e) {
        if (context.res().isCommitted()) {
          throw e; // The connection ends, so that nobody takes the answer for whole.
        }
        HttpProblem problem = HttpProblem.of(ErrorMapper.of(e));
        json(context, problem.http(), problem.document());
      }
    };
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode fresh(boolean refresh) {
    return object().put("refresh", refresh);
  }

  private void graph(Context context) throws IOException, InterruptedException {
    boolean force = "1".equals(context.queryParam("force"));
    if ("settings".equals(context.queryParam("shape"))) {
      Job job = jobs.begin("data_health", progress -> settingsGraph(force, progress));
      answer(context, job.awaitEnd());
    } else {
      answer(context, "data_health", fresh(force));
    }
  }

  private ObjectNode settingsGraph(boolean force, Progress progress)
      throws IOException, InterruptedException {
    HealthResult health =
        capabilities.dataHealth().call(new DataHealth.LookParameters(force, false), progress);
    return (ObjectNode) Json.tree(SettingsGraph.of(health.graph()));
  }

  private void fix(Context context) throws IOException, InterruptedException {
    ObjectNode arguments = object().put("requirement", context.pathParam("requirement"));
    arguments.set("input", RequestBodies.object(context));
    answer(context, "data_health_fix", arguments);
  }

  private void snapshots(Context context) throws IOException, InterruptedException {
    boolean remote = "1".equals(context.queryParam("remote"));
    answer(context, "data_backup_list", object().put("remote", remote));
  }

  private void snapshot(Context context) throws IOException, InterruptedException {
    answer(context, "data_backup_show", object().put("snapshot_id", context.pathParam("id")));
  }

  /** The last run, which may still go on, and those that ended. */
  private void runs(Context context) throws InterruptedException {
    JobView last = await("data_last_run", object());
    JobView ended = await("data_runs", object());
    if (!last.isDone() || !ended.isDone()) {
      answer(context, last.isDone() ? ended : last);
      return;
    }
    ObjectNode both = last.document().deepCopy();
    both.set("runs", ended.document().get("runs"));
    json(context, 200, both);
  }

  /** What agents ask; without a configuration nobody can have asked anything. */
  private void questions(Context context) throws IOException {
    ObjectNode document = object();
    try {
      document.set("questions", Json.tree(questions.open()));
    } catch (BackupException noConfiguration) {
      document.putArray("questions");
    }
    json(context, 200, document);
  }

  private void answerQuestion(Context context) throws IOException {
    JsonNode agrees = RequestBodies.object(context).path("agree");
    if (!agrees.isBoolean()) {
      throw HttpProblem.of(400, "usage", "agree is neither true nor false", "Say one of them.")
          .asException();
    }
    Question answered = questions.answer(context.pathParam("code"), agrees.booleanValue());
    json(context, 200, Json.tree(answered));
  }

  private void call(Context context) throws IOException, InterruptedException {
    ObjectNode arguments = RequestBodies.object(context);
    String prefer = context.header("Prefer");
    if (prefer == null || !prefer.contains(LATER)) {
      answer(context, context.pathParam("name"), arguments);
      return;
    }
    Job job = begin(capability(context.pathParam("name")), arguments);
    context.header("Location", "/api/jobs/" + job.id()).header("Preference-Applied", LATER);
    json(context, 202, job.view());
  }

  private void answer(Context context, String capability, ObjectNode arguments)
      throws InterruptedException {
    answer(context, await(capability, arguments));
  }

  private static void answer(Context context, JobView ended) {
    json(context, Objects.requireNonNull(ended.httpStatus()), ended.document());
  }

  private JobView await(String capability, ObjectNode arguments) throws InterruptedException {
    return begin(capability(capability), arguments).awaitEnd();
  }

  private <P extends Record, R extends Outcome> Job begin(
      Capability<P, R> capability, ObjectNode arguments) {
    return jobs.begin(
        capability.name(),
        progress -> calls.call(capability, arguments, progress, Consent.byToken()));
  }

  private Capability<?, ?> capability(String name) {
    List<Capability<?, ?>> all = capabilities.all();
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.of(
                        404,
                        "capability-unknown",
                        "there is no such capability",
                        "/api/openapi.json lists them.")
                    .asException());
  }

  private Job job(Context context) {
    return jobs.find(context.pathParam("id"))
        .orElseThrow(
            () ->
                HttpProblem.of(
                        404,
                        "job-unknown",
                        "there is no such job, or it ended long ago",
                        "`last_run` of /api/runs tells how snapshots went.")
                    .asException());
  }

  private void withdraw(Context context) {
    Job job = job(context);
    job.withdraw();
    json(context, 202, job.view());
  }

  static void json(Context context, int status, Object document) {
    context.status(status).contentType("application/json").result(Json.line(document));
  }
}
