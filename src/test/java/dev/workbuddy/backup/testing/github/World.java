package dev.workbuddy.backup.testing.github;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that GitHub knows. Everything in it is touched under its lock. */
public final class World {
  private final InstantSource clock;
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Account> tokens = new LinkedHashMap<>();
  private final Map<String, Repository> repositories = new LinkedHashMap<>();
  private Instant limitedUntil = Instant.MIN;
  private int listingCap = 10_000;
  private long lastId = 100;

  World(InstantSource clock) {
    this.clock = clock;
  }

  /** A person with a valid token. */
  public synchronized World person(String login, String token) {
    tokens.put(token, account(login, "User"));
    return this;
  }

  public synchronized World organisation(String login) {
    account(login, "Organization");
    return this;
  }

  /** The token is no longer valid. */
  public synchronized void revoke(String token) {
    tokens.remove(token);
  }

  private Account account(String login, String type) {
    Account account = new Account(nextId(), login, type);
    accounts.put(login, account);
    return account;
  }

  /** A repository as its owner would have made it. */
  public synchronized Repository repository(String fullName, boolean isPrivate, boolean readme) {
    int slash = fullName.indexOf('/');
    Account owner = account(fullName.substring(0, slash)).orElseThrow();
    return create(owner, fullName.substring(slash + 1), isPrivate, readme);
  }

  synchronized Repository create(Account owner, String name, boolean isPrivate, boolean readme) {
    Repository repository = new Repository(nextId(), owner, name, isPrivate, readme ? now() : null);
    if (repositories.putIfAbsent(key(repository.fullName()), repository) != null) {
      throw Refusal.repositoryNameTaken();
    }
    return repository;
  }

  /** Names of repositories do not differ by case alone. */
  private static String key(String fullName) {
    return fullName.toLowerCase(Locale.ROOT);
  }

  /** Until then every request but that for the limit itself is refused. */
  public synchronized void limitUntil(Instant reset) {
    limitedUntil = reset;
  }

  /** Lists end with an error after so many results. */
  public synchronized void capListings(int results) {
    listingCap = results;
  }

  /** A published release that nobody uploads anything to. */
  public synchronized Release release(String fullName, String tag, String body) {
    Repository repository = found(fullName).orElseThrow();
    Release release = repository.draft(nextId(), tag, tag, body);
    repository.publish(release, now());
    return release;
  }

  /** A release in the making. */
  public synchronized Release draft(String fullName, String tag, String body) {
    return found(fullName).orElseThrow().draft(nextId(), tag, tag, body);
  }

  /** Looks at a repository, or changes it, while no request does. */
  public synchronized <T> T inspect(String fullName, Function<Repository, T> question) {
    return question.apply(found(fullName).orElseThrow());
  }

  public synchronized void change(String fullName, Consumer<Repository> change) {
    change.accept(found(fullName).orElseThrow());
  }

  /** An answer that does not know yet of the release that was published last. */
  synchronized <T> T beforeTheNewest(Supplier<T> answer) {
    Optional<Release> newest =
        repositories.values().stream()
            .flatMap(repository -> repository.releases.stream())
            .filter(release -> !release.draft)
            .max(Comparator.comparingLong(release -> release.id));
    newest.ifPresent(release -> release.draft = true);
    try {
      return answer.get();
    } finally {
      newest.ifPresent(release -> release.draft = false);
    }
  }

  synchronized Optional<Repository> found(String fullName) {
    return Optional.ofNullable(repositories.get(key(fullName)));
  }

  synchronized Optional<Repository> foundById(long id) {
    return repositories.values().stream().filter(repository -> repository.id == id).findFirst();
  }

  synchronized Optional<Account> account(String login) {
    return Optional.ofNullable(accounts.get(login));
  }

  synchronized @Nullable Account owner(String token) {
    return tokens.get(token);
  }

  synchronized Optional<Instant> limitedUntil() {
    return Optional.of(limitedUntil).filter(now()::isBefore);
  }

  synchronized int listingCap() {
    return listingCap;
  }

  synchronized long nextId() {
    return ++lastId;
  }

  Instant now() {
    return clock.instant();
  }
}
