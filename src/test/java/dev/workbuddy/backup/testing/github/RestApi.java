package dev.workbuddy.backup.testing.github;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Accounts, repositories and limits; what concerns releases is next door. */
final class RestApi {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final World world;
  private final Access access;
  private final ReleaseApi releases;
  private final GraphqlApi graphql;

  RestApi(World world) {
    this.world = world;
    this.access = new Access(world);
    this.releases = new ReleaseApi(world, access);
    this.graphql = new GraphqlApi(world, access);
  }

  /** Acts upon the request and answers it; one at a time, as in a transaction. */
  Reply answer(Call call) {
    synchronized (world) {
      if (call.operation() == Operation.DOWNLOAD_ASSET) {
        return refusable(() -> releases.content(call));
      }
      Reply reply = limited(call) ? Reply.rateLimited(reset()) : refusable(() -> dispatch(call));
      return reply.headers().containsKey("x-ratelimit-reset") ? reply : withLimits(reply);
    }
  }

  /** What is left of an upload that did not reach its end. */
  void leaveStarter(Call call) {
    releases.leaveStarter(call);
  }

  private static Reply refusable(Supplier<Reply> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  private boolean limited(Call call) {
    return world.limitedUntil().isPresent() && call.operation() != Operation.READ_RATE_LIMIT;
  }

  private Instant reset() {
    return world.limitedUntil().orElseGet(() -> world.now().plus(AN_HOUR));
  }

  private Reply withLimits(Reply reply) {
    return reply
        .with("X-OAuth-Scopes", "read:org, repo")
        .with("x-ratelimit-limit", "5000")
        .with("x-ratelimit-remaining", "4990")
        .with("x-ratelimit-reset", Long.toString(reset().getEpochSecond()));
  }

  private Reply dispatch(Call call) {
    return switch (call.operation()) {
      case API_ROOT -> {
        access.person(call);
        yield Reply.json(200, Documents.root());
      }
      case READ_USER -> Reply.json(200, Documents.account(access.person(call), "private-user"));
      case READ_ACCOUNT -> account(call);
      case READ_RATE_LIMIT -> rateLimit(call);
      case CREATE_OWN_REPOSITORY -> create(call, access.person(call));
      case CREATE_ORGANISATION_REPOSITORY -> {
        access.person(call);
        yield create(call, world.account(call.part(1)).orElseThrow(Refusal::notFound));
      }
      case READ_REPOSITORY -> repository(call);
      case WRITE_FILE -> firstCommit(call);
      case QUERY_VIEWER,
          QUERY_REPOSITORY,
          QUERY_RELEASE_BY_TAG,
          QUERY_RELEASE_LIST,
          MUTATE_CREATE_REPOSITORY ->
          graphql.answer(call);
      case UNKNOWN -> throw Refusal.notFound();
      default -> releases.answer(call);
    };
  }

  private Reply account(Call call) {
    access.caller(call);
    Account account = world.account(call.part(1)).orElseThrow(Refusal::notFound);
    return Reply.json(200, Documents.account(account, "public-user"));
  }

  /** Answers also while everything else is refused, and does not count. */
  private Reply rateLimit(Call call) {
    access.caller(call);
    int remaining = world.limitedUntil().isPresent() ? 0 : 4990;
    return Reply.json(200, Documents.rateLimit(remaining, reset()));
  }

  private Reply create(Call call, Account owner) {
    JsonNode wish = call.json();
    boolean isPrivate =
        wish.path("private").asBoolean(false)
            || wish.path("visibility").asString("").equals("private");
    Repository repository =
        world.create(
            owner,
            wish.path("name").asString(""),
            isPrivate,
            wish.path("auto_init").asBoolean(false));
    return Reply.json(201, Documents.repository(repository, true));
  }

  private Reply repository(Call call) {
    Repository repository = access.readable(call);
    boolean mayPush = access.mayPush(access.caller(call), repository);
    return Reply.json(200, Documents.repository(repository, mayPush));
  }

  private Reply firstCommit(Call call) {
    Repository repository = access.writable(call);
    if (call.json().path("content").asString("").isEmpty()) {
      throw Refusal.unprocessable("Invalid request.\n\n\"content\" wasn't supplied.");
    }
    if (repository.isEmpty()) {
      repository.committedAt = world.now();
    }
    return Reply.json(
        201,
        Map.of(
            "content",
            Map.of("name", call.part(2), "path", call.part(2)),
            "commit",
            Map.of("parents", List.of())));
  }
}
