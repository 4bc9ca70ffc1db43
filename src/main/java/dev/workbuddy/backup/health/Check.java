package dev.workbuddy.backup.health;

/**
 * One step of telling whether a component works; never asks the network.
 *
 * @param name a few words in lower case
 */
public record Check(String name, Probe probe) {}
