package dev.workbuddy.backup.testing.github;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Releases, their assets and their tags. */
final class ReleaseApi {
  private static final int DEFAULT_PAGE = 30;
  private static final int LARGEST_PAGE = 100;

  /** All share the date of the only commit, so their order says nothing; but it does not change. */
  private static final Comparator<Release> NO_ORDER =
      Comparator.comparingLong(release -> release.id * 7919 % 10_007);

  private final World world;
  private final Access access;

  ReleaseApi(World world, Access access) {
    this.world = world;
    this.access = access;
  }

  Reply answer(Call call) {
    return switch (call.operation()) {
      case LIST_RELEASES -> list(call);
      case CREATE_RELEASE -> create(call);
      case FIND_RELEASE -> find(call);
      case READ_RELEASE -> shown(access.readable(call), release(call));
      case CHANGE_RELEASE -> change(call);
      case DELETE_RELEASE -> delete(call);
      case UPLOAD_ASSET -> upload(call);
      case READ_ASSET -> readAsset(call);
      case DELETE_ASSET -> deleteAsset(call);
      case LIST_TAGS -> listTags(call);
      case DELETE_TAG -> deleteTag(call);
      default -> throw new IllegalStateException("not about releases: " + call.operation());
    };
  }

  private Reply list(Call call) {
    Repository repository = access.readable(call);
    boolean drafts = access.mayPush(access.caller(call), repository);
    List<Release> visible =
        repository.releases.stream().filter(r -> drafts || !r.draft).sorted(NO_ORDER).toList();
    int size = Math.min(call.number("per_page", DEFAULT_PAGE), LARGEST_PAGE);
    int page = call.number("page", 1);
    if (page * size > world.listingCap()) {
      throw Refusal.unprocessable(
          "Only the first %d results are available.".formatted(world.listingCap()));
    }
    int from = Math.min((page - 1) * size, visible.size());
    int to = Math.min(from + size, visible.size());
    Reply reply = Reply.json(200, Documents.releases(repository, visible.subList(from, to)));
    return to == visible.size() ? reply : reply.with("Link", next(repository, size, page + 1));
  }

  private static String next(Repository repository, int size, int page) {
    return "<%s/repositories/%d/releases?per_page=%d&page=%d>; rel=\"next\""
        .formatted(Hosts.API, repository.id, size, page);
  }

  private Reply create(Call call) {
    Repository repository = access.writable(call);
    JsonNode wish = call.json();
    String tag = wish.path("tag_name").asString("");
    Release release =
        repository.draft(
            world.nextId(), tag, wish.path("name").asString(""), wish.path("body").asString(""));
    if (!wish.path("draft").asBoolean(false)) {
      publishOrForget(repository, release);
    }
    return Reply.json(201, Documents.release(repository, release));
  }

  private void publishOrForget(Repository repository, Release release) {
    try {
      repository.publish(release, world.now());
    } catch (Refusal refused) {
      repository.releases.remove(release);
      throw refused;
    }
  }

  private Reply find(Call call) {
    Repository repository = access.readable(call);
    return shown(repository, repository.published(call.part(2)).orElseThrow(Refusal::notFound));
  }

  /** Drafts are there only for those who may push. */
  private Release release(Call call) {
    Repository repository = access.readable(call);
    Release release = repository.release(call.id());
    if (release.draft && !access.mayPush(access.caller(call), repository)) {
      throw Refusal.notFound();
    }
    return release;
  }

  private static Reply shown(Repository repository, Release release) {
    return Reply.json(200, Documents.release(repository, release));
  }

  private Reply change(Call call) {
    Repository repository = access.writable(call);
    Release release = repository.release(call.id());
    JsonNode wish = call.json();
    String before = release.tag;
    release.tag = wish.path("tag_name").asString(release.tag);
    try {
      publishIfWished(repository, release, wish);
    } catch (Refusal refused) {
      release.tag = before;
      throw refused;
    }
    release.body = wish.path("body").asString(release.body);
    release.name = wish.path("name").asString(release.name);
    return shown(repository, release);
  }

  private void publishIfWished(Repository repository, Release release, JsonNode wish) {
    if (wish.has("draft") && release.draft && !wish.get("draft").asBoolean()) {
      repository.publish(release, world.now());
    }
  }

  private Reply delete(Call call) {
    Repository repository = access.writable(call);
    repository.delete(repository.release(call.id()));
    return Reply.empty(204);
  }

  private Reply upload(Call call) {
    Repository repository = access.writable(call);
    Asset asset = received(call, repository.digests, "uploaded");
    Release release = repository.release(call.id());
    release.add(asset, repository.assetLimit);
    return Reply.json(201, Documents.asset(repository, release, asset));
  }

  /** What is left of an upload that did not reach its end. */
  void leaveStarter(Call call) {
    synchronized (world) {
      Repository repository = access.writable(call);
      repository.release(call.id()).add(received(call, false, "starter"), Long.MAX_VALUE);
    }
  }

  private Asset received(Call call, boolean digest, String state) {
    String name = call.query().getOrDefault("name", "");
    return new Asset(
        world.nextId(),
        name.replaceAll("[^A-Za-z0-9._-]", "."),
        call.contentType(),
        call.content().size(),
        digest ? call.content().sha256() : null,
        state,
        world.now(),
        call.content().file());
  }

  private Reply readAsset(Call call) {
    Repository repository = access.readable(call);
    Release release = holder(repository, call);
    Asset asset = asset(release, call.id());
    boolean wantsContent = call.accept().contains("octet-stream");
    return wantsContent
        ? Reply.redirect(Hosts.OBJECTS + "/" + repository.fullName() + "/" + asset.id())
        : Reply.json(200, Documents.asset(repository, release, asset));
  }

  /** The signed address of a content needs no token. */
  Reply content(Call call) {
    Repository repository = world.found(call.part(1)).orElseThrow(Refusal::notFound);
    Asset asset = asset(holder(repository, call), call.id());
    if (!asset.isUploaded()) {
      throw Refusal.notFound();
    }
    return Reply.content(asset.contentType(), asset.content());
  }

  private Reply deleteAsset(Call call) {
    Repository repository = access.writable(call);
    Release release = holder(repository, call);
    release.remove(asset(release, call.id()));
    return Reply.empty(204);
  }

  private static Release holder(Repository repository, Call call) {
    return repository.releases.stream()
        .filter(release -> find(release, call.id()).isPresent())
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private static Asset asset(Release release, long id) {
    return find(release, id).orElseThrow(Refusal::notFound);
  }

  private static Optional<Asset> find(Release release, long id) {
    return release.assets.stream().filter(asset -> asset.id() == id).findFirst();
  }

  private Reply listTags(Call call) {
    Repository repository = access.readable(call);
    if (repository.isEmpty()) {
      throw Refusal.of(409, "Git Repository is empty.");
    }
    return Reply.json(
        200,
        repository.tags.stream()
            .filter(tag -> tag.startsWith(call.part(2)))
            .map(tag -> Documents.tag(repository, tag))
            .toList());
  }

  private Reply deleteTag(Call call) {
    access.writable(call).deleteTag(call.part(2));
    return Reply.empty(204);
  }
}
