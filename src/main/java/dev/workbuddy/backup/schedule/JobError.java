package dev.workbuddy.backup.schedule;

/** Why a job failed, as faces print errors. */
public record JobError(String code, String message, String hint) {}
