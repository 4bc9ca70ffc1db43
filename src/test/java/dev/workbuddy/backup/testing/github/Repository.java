package dev.workbuddy.backup.testing.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A repository with its tags and releases, and GitHub's rules for them. */
public final class Repository {
  private static final long TWO_GIBIBYTES = 1L << 31;
  private static final Pattern TAG = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]*");

  final long id;
  final Account owner;
  final String name;
  boolean isPrivate;
  boolean isInternal;
  boolean isArchived;
  boolean enforcesSaml;
  boolean immutableReleases;
  boolean digests = true;
  long assetLimit = TWO_GIBIBYTES;

  /** When the only commit was made; null in an empty repository. */
  @Nullable Instant committedAt;

  final List<Release> releases = new ArrayList<>();
  final Set<String> tags = new TreeSet<>();
  private final Set<String> burntTags = new HashSet<>();

  Repository(long id, Account owner, String name, boolean isPrivate, @Nullable Instant commit) {
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.isPrivate = isPrivate;
    this.committedAt = commit;
  }

  public String fullName() {
    return owner.login() + "/" + name;
  }

  public boolean isEmpty() {
    return committedAt == null;
  }

  /** Published releases of this tag; drafts have no tag yet, only the wish for one. */
  public Optional<Release> published(String tag) {
    return releases.stream().filter(r -> !r.draft && r.tag.equals(tag)).findFirst();
  }

  /** All of them, drafts included, in the order of their making. */
  public List<Release> releases() {
    return List.copyOf(releases);
  }

  public Set<String> tags() {
    return Set.copyOf(tags);
  }

  /** From now on what is published cannot be changed. */
  public void makeReleasesImmutable() {
    immutableReleases = true;
  }

  /** Like a server that is too old to tell checksums. */
  public void tellNoDigests() {
    digests = false;
  }

  /** Files must not be longer than that. */
  public void limitAssets(long bytes) {
    assetLimit = bytes;
  }

  public void setPrivate(boolean nowPrivate) {
    isPrivate = nowPrivate;
  }

  /** Everybody in its owner's enterprise may read it; it counts as private all the same. */
  public void makeInternal() {
    isPrivate = true;
    isInternal = true;
  }

  /** From now on it can be read only. */
  public void archive() {
    isArchived = true;
  }

  /** From now on tokens are let in only where they went through the owner's single sign-on. */
  public void enforceSaml() {
    enforcesSaml = true;
  }

  /** Somebody deletes a tag; the release that it belonged to is a draft again. */
  public void loseTag(String tag) {
    deleteTag(tag);
  }

  String visibility() {
    return isInternal ? "internal" : isPrivate ? "private" : "public";
  }

  /** A tag that no release belongs to. */
  public void addTag(String tag) {
    tags.add(tag);
  }

  Release release(long releaseId) {
    return releases.stream()
        .filter(release -> release.id == releaseId)
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  /** A release in the making; several may wish for one tag. */
  Release draft(long releaseId, String tag, String title, String body) {
    requireValid(tag);
    Release release = new Release(releaseId, tag, title, body);
    releases.add(release);
    return release;
  }

  void publish(Release release, Instant now) {
    requireValid(release.tag);
    if (isEmpty()) {
      throw Refusal.custom("Release", "target_commitish", "Repository is empty.");
    }
    if (burntTags.contains(release.tag)) {
      throw Refusal.custom("Release", "tag_name", "tag_name was used by an immutable release");
    }
    if (published(release.tag).filter(other -> other != release).isPresent()) {
      throw Refusal.alreadyExists("Release", "tag_name");
    }
    release.draft = false;
    release.immutable = immutableReleases;
    release.publishedAt = now;
    tags.add(release.tag);
  }

  private static void requireValid(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw Refusal.custom("Release", "tag_name", "tag_name is not a valid tag");
    }
  }

  /** The tag stays; that of an immutable release can never be used again. */
  void delete(Release release) {
    releases.remove(release);
    if (release.immutable) {
      burntTags.add(release.tag);
    }
  }

  /** A published release whose tag goes away is a draft again. */
  void deleteTag(String tag) {
    Optional<Release> release = published(tag);
    if (release.filter(published -> published.immutable).isPresent()) {
      throw Refusal.unprocessable("Cannot delete a tag that belongs to an immutable release");
    }
    if (!tags.remove(tag)) {
      throw Refusal.unprocessable("Reference does not exist");
    }
    release.ifPresent(published -> published.draft = true);
  }
}
