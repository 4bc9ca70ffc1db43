package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.SentBytes;
import java.time.Instant;
import java.util.List;

/**
 * One repository, with what it takes to work on it from this machine.
 *
 * @param since when the work began: what was begun later was begun by this process
 * @param sent what was sent so far of what has not been proven yet
 */
record GithubRepository(
    RepositoryName name,
    RemoteContext context,
    Instant since,
    Gh gh,
    Releases releases,
    AssetDownload download,
    SentBytes sent) {

  static GithubRepository of(RepositoryName name, RemoteContext context) {
    Gh gh = new Gh(context, name, GithubReleases.KIND + name);
    return new GithubRepository(
        name,
        context,
        context.clock().instant(),
        gh,
        new Releases(gh, name, context.scratch()),
        new AssetDownload(gh, name, context.scratch()),
        new SentBytes());
  }

  boolean isOurs(Release release) {
    return release.isOf(context);
  }

  /** Returns this repository with the namespace that this data root uses beside these releases. */
  GithubRepository beside(List<Release> all) {
    RemoteContext own =
        context.beside(all.stream().flatMap(each -> each.snapshot(context).stream()).toList());
    return new GithubRepository(name, own, since, gh, releases, download, sent);
  }
}
