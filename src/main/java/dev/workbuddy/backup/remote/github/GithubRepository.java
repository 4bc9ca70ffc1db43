package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteContext;

/** One repository, with what it takes to work on it from this machine. */
record GithubRepository(
    RepositoryName name, RemoteContext context, Gh gh, Releases releases, AssetDownload download) {

  static GithubRepository of(RepositoryName name, RemoteContext context) {
    Gh gh = new Gh(context, name, GithubReleases.KIND + name);
    return new GithubRepository(
        name,
        context,
        gh,
        new Releases(gh, name, context.scratch()),
        new AssetDownload(gh, name, context.scratch()));
  }

  boolean isOurs(Release release) {
    return release.isOf(context.namespace());
  }
}
