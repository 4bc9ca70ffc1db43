package dev.workbuddy.backup.config;

/**
 * One key of the effective configuration.
 *
 * @param key the full key, for example {@code backups.retention.hourly}
 * @param value the value as a user would write it
 * @param origin {@code config.yaml:7}, {@code config.local.yaml:3}, {@code environment
 *     WORK_BUDDY_DATA_DIR} or {@code default}
 */
public record EffectiveSetting(String key, String value, String origin) {}
