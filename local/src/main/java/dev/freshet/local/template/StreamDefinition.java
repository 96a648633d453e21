package dev.freshet.local.template;

/** One Kinesis stream of the compiled template. */
public record StreamDefinition(String name, int shards) {}
