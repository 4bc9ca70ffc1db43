package dev.workbuddy.backup.testing.github;

/**
 * Who owns repositories.
 *
 * @param type {@code User} or {@code Organization}
 */
record Account(long id, String login, String type) {}
