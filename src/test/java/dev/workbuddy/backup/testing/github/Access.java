package dev.workbuddy.backup.testing.github;

import org.jspecify.annotations.Nullable;

/** Who may see and change what; what may not be seen is not there. */
final class Access {
  private final World world;

  Access(World world) {
    this.world = world;
  }

  /** Whose token the call carries; null for nobody's. A token that is not valid is refused. */
  @Nullable Account caller(Call call) {
    String token = call.token();
    if (token == null) {
      return null;
    }
    Account owner = world.owner(token);
    if (owner == null) {
      throw Refusal.badCredentials();
    }
    return owner;
  }

  Account person(Call call) {
    Account caller = caller(call);
    if (caller == null) {
      throw Refusal.of(401, "Requires authentication");
    }
    return caller;
  }

  Repository readable(Call call) {
    return readable(call, call.part(1));
  }

  Repository readable(Call call, String nameOrId) {
    Account caller = caller(call);
    Repository found =
        (nameOrId.contains("/") ? world.found(nameOrId) : world.foundById(Long.parseLong(nameOrId)))
            .filter(repository -> !repository.isPrivate || mayPush(caller, repository))
            .orElseThrow(Refusal::notFound);
    if (found.enforcesSaml) {
      throw Refusal.of(
          403,
          "Resource protected by organization SAML enforcement. You must grant your OAuth token"
              + " access to this organization.");
    }
    return found;
  }

  Repository writable(Call call) {
    Repository repository = readable(call);
    if (!mayPush(caller(call), repository)) {
      throw Refusal.of(403, "Must have push access to repository");
    }
    if (repository.isArchived) {
      throw Refusal.of(403, "Repository was archived so is read-only.");
    }
    return repository;
  }

  boolean mayPush(@Nullable Account caller, Repository repository) {
    return caller != null
        && (caller.equals(repository.owner) || repository.owner.type().equals("Organization"));
  }
}
