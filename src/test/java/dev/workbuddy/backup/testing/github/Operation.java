package dev.workbuddy.backup.testing.github;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a client may ask for; faults are scripted for these, and requests are counted by them. */
public enum Operation {
  API_ROOT("GET api /"),
  READ_USER("GET api /user"),
  READ_ACCOUNT("GET api /users/([^/]+)"),
  READ_RATE_LIMIT("GET api /rate_limit"),
  CREATE_OWN_REPOSITORY("POST api /user/repos"),
  CREATE_ORGANISATION_REPOSITORY("POST api /orgs/([^/]+)/repos"),
  READ_REPOSITORY("GET api /repos/([^/]+/[^/]+)"),
  WRITE_FILE("PUT api /repos/([^/]+/[^/]+)/contents/(.+)"),
  LIST_TAGS("GET api /repos/([^/]+/[^/]+)/git/matching-refs/tags/(.*)"),
  DELETE_TAG("DELETE api /repos/([^/]+/[^/]+)/git/refs/tags/(.+)"),
  LIST_RELEASES("GET api /repos(?:itories)?/(\\d+|[^/]+/[^/]+)/releases"),
  CREATE_RELEASE("POST api /repos/([^/]+/[^/]+)/releases"),
  FIND_RELEASE("(?:GET|HEAD) api /repos/([^/]+/[^/]+)/releases/tags/(.+)"),
  READ_RELEASE("GET api /repos/([^/]+/[^/]+)/releases/(\\d+)"),
  CHANGE_RELEASE("PATCH api /repos/([^/]+/[^/]+)/releases/(\\d+)"),
  DELETE_RELEASE("DELETE api /repos/([^/]+/[^/]+)/releases/(\\d+)"),
  UPLOAD_ASSET("POST uploads /repos/([^/]+/[^/]+)/releases/(\\d+)/assets"),
  READ_ASSET("GET api /repos/([^/]+/[^/]+)/releases/assets/(\\d+)"),
  DELETE_ASSET("DELETE api /repos/([^/]+/[^/]+)/releases/assets/(\\d+)"),
  DOWNLOAD_ASSET("GET release-assets /([^/]+/[^/]+)/(\\d+)"),

  QUERY_VIEWER("query UserCurrent"),
  QUERY_REPOSITORY("query RepositoryInfo"),
  QUERY_RELEASE_BY_TAG("query RepositoryReleaseByTag"),
  QUERY_RELEASE_LIST("query RepositoryReleaseList"),
  MUTATE_CREATE_REPOSITORY("mutation RepositoryCreate"),

  /** Anything else, for example a way through to another host. */
  UNKNOWN("");

  private final Pattern shape;

  Operation(String shape) {
    this.shape = Pattern.compile(shape);
  }

  /** The operation with this shape: method, kind of host and path, or kind and name of a query. */
  static Operation of(String request) {
    return Arrays.stream(values())
        .filter(operation -> operation.shape.matcher(request).matches())
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The parts of the request that its shape has in brackets. */
  Optional<MatchResult> parts(String request) {
    return Optional.of(shape.matcher(request)).filter(m -> m.matches()).map(m -> m.toMatchResult());
  }
}
